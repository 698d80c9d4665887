/** What the recorded systems are called: names that are the same in every language. */
export const recordedSystems: Readonly<Record<string, string>> = {
  apache: "Apache httpd",
  caddy: "Caddy",
  consul: "Consul",
  crun: "crun",
  docker: "Docker",
  etcd: "etcd",
  haproxy: "HAProxy",
  "kernel iptables DNAT statistic random": "Linux iptables (statistic random)",
  "kernel nftables numgen inc mod": "Linux nftables (numgen inc mod)",
  nginx: "nginx",
  pen: "Pen",
  redis: "Redis Sentinel",
  runc: "runc",
  varnish: "Varnish",
  zookeeper: "ZooKeeper",
};

/** What the recordings are of; the words have each of them. */
export const recordedGroups = {
  aborts: true,
  container: true,
  failover: true,
  hc: true,
  hc_requests: true,
  losses: true,
  passive: true,
  pick: true,
  queue: true,
  registry: true,
  registry_images: true,
} as const;

/** The one that is no product, and has words. */
export const bareProcess = "bare process";
