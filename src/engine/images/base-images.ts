import { noConfig } from "../../document/dockerfile/read-config.ts";
import { digestOf, imageOf, type Image, type Layer } from "./image.ts";

interface Base {
  /** The base that it is itself built upon. */
  readonly from?: string;
  readonly layers: readonly (readonly [madeBy: string, megabytes: number])[];
  readonly command: string | null;
  readonly ports?: readonly number[];
}

/**
 * Official images that a public registry has. Sizes are those that Docker Hub shows as compressed size (amd64), to
 * about a tenth: they say how much a pull fetches, no more.
 */
const bases: Readonly<Record<string, Base>> = {
  "busybox:1.36": { layers: [["ADD busybox.tar.xz /", 2]], command: "sh" },
  "alpine:3.20": { layers: [["ADD alpine-minirootfs.tar.gz /", 3.6]], command: "/bin/sh" },
  "debian:12-slim": { layers: [["ADD rootfs.tar.xz /", 28]], command: "bash" },
  "ubuntu:24.04": { layers: [["ADD ubuntu-noble.tar.gz /", 30]], command: "/bin/bash" },
  "python:3.12-slim": {
    from: "debian:12-slim",
    layers: [
      ["RUN apt-get install ca-certificates tzdata", 3.5],
      ["RUN make install python 3.12", 13],
    ],
    command: "python3",
  },
  "node:22-alpine": {
    from: "alpine:3.20",
    layers: [
      ["RUN install node 22", 50],
      ["RUN install yarn", 1.3],
    ],
    command: "node",
  },
  "eclipse-temurin:21-jre": {
    from: "ubuntu:24.04",
    layers: [
      ["RUN apt-get install fontconfig ca-certificates", 17],
      ["RUN install the Java runtime 21", 53],
    ],
    command: "jshell",
  },
  "tomcat:10.1": { from: "eclipse-temurin:21-jre", layers: [["RUN install tomcat 10.1", 20]], command: "catalina.sh run", ports: [8080] },
  "nginx:1.27": { from: "debian:12-slim", layers: [["RUN apt-get install nginx", 44]], command: "nginx -g daemon off;", ports: [80] },
  "mysql:8.4": {
    from: "debian:12-slim",
    layers: [
      ["RUN apt-get install gosu openssl", 20],
      ["RUN install mysql-server 8.4", 125],
    ],
    command: "mysqld",
    ports: [3306],
  },
};

/**
 * The image behind a public reference as it was published for the `edition`-th time: a new edition has new bytes in
 * every layer, since its lowest one has changed. Null: no public registry has it.
 */
export function baseImage(reference: string, edition = 0): Image | null {
  const base = bases[reference.includes(":") ? reference : `${reference}:latest`];
  if (base === undefined) return null;
  const below = base.from === undefined ? [] : baseImage(base.from, edition)!.layers;
  const own = base.layers.map(([madeBy, megabytes]): Layer => ({
    digest: digestOf(`${reference} ${madeBy} ${edition}`),
    bytes: megabytes * 1e6,
    role: "base",
    madeBy,
  }));
  return imageOf([...below, ...own], { ...noConfig, command: base.command, ports: base.ports ?? [] });
}
