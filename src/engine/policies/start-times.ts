/** What makes a container: an engine with a daemon, or a bare runtime that starts a process and is done. */
export type Runtime = "docker" | "runc" | "crun";

/**
 * How long each takes until the process begins, image present ([M] f_docker_start, medians of a quiet machine with 2 cores;
 * under load it is about half as much again, f_docker). The process itself, /bin/true, takes 1.3 ms of each.
 */
const startUs: Readonly<Record<Runtime, number>> = { docker: 232_000, runc: 17_000, crun: 4000 };

/** Of Docker's: the client, until the daemon has created the container ... */
export const dockerClientUs = 66_000;
/** ... and a network namespace of its own, which `--network host` does without. */
export const networkNamespaceUs = 89_000;
/** fork and exec of a program that ends at once. */
export const bareProcessUs = 1300;

/** The runtime's own share of a start. */
export function ownStartUs(runtime: Runtime): number {
  return startUs[runtime];
}

/** A start that takes so long under Docker, by another runtime: what Docker does not take of it is the process's. */
export function startWithUs(runtime: Runtime, underDockerUs: number): number {
  return runtime === "docker" ? underDockerUs : startUs[runtime] + Math.max(0, underDockerUs - startUs.docker);
}

/** Only Docker has a daemon that looks after its containers: that restarts them, and runs their healthchecks. */
export function hasDaemon(runtime: Runtime): boolean {
  return runtime === "docker";
}
