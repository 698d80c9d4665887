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

/** The one that is no product, and has words. */
export const bareProcess = "bare process";
