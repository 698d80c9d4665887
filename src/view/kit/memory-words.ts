/** The words of `document/memory-settings.ts`, and of what is written to a disk. */
export const memoryWords = {
  en: {
    usesMb: { label: "Memory at rest", help: "What its process uses before any request comes. 0: so little that it makes no difference." },
    requestMb: { label: "Memory per request", help: "What each request takes while it is worked on." },
    leakMb: { label: "Leak per request", help: "What each request leaves behind and never gives back." },
    writesToDisk: { label: "Writes to its disk", help: "Logs, say, or data: where the disk is full, its requests fail with 500." },
  },
  zh: {
    usesMb: { label: "静止时内存", help: "没有请求时进程占用的内存。0：少到可以忽略。" },
    requestMb: { label: "每个请求的内存", help: "处理期间每个请求占用的内存。" },
    leakMb: { label: "每个请求的泄漏", help: "每个请求遗留下来、不再归还的内存。" },
    writesToDisk: { label: "写磁盘", help: "例如日志或数据：磁盘写满后，它的请求以 500 失败。" },
  },
} as const;
