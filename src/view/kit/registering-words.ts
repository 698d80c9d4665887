/** The words of `document/registering-settings.ts`. */
export const registeringWords = {
  en: {
    service: { label: "Service", help: "The name it registers under; instances of one service share it." },
    heartbeatMs: { label: "Heartbeat", help: "How often it renews its lease, where a link registers it." },
  },
  zh: {
    service: { label: "服务", help: "注册时使用的名称；同一服务的实例共用它。" },
    heartbeatMs: { label: "心跳间隔", help: "有注册连线时，多久续约一次。" },
  },
} as const;
