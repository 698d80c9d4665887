import { useEffect, useRef } from "react";
import type { NodeId } from "../../document/topology.ts";
import { surroundings } from "./surroundings.ts";

/**
 * The lease of an instance that no longer renews it: a ring that runs down, and the time that is left. It is written
 * straight to the page as the clock goes (DESIGN §6); there is none where no registry holds a lease of it.
 */
export function LeaseRing({ id }: { readonly id: NodeId }) {
  const ring = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { followClock, leaseOf, nowUs, since } = surroundings();
    const write = () => {
      const element = ring.current;
      if (element === null) return;
      const lease = leaseOf(id);
      const leftUs = lease === null ? 0 : lease.dueUs - nowUs();
      // One that has run out and is not taken back, as Eureka protects it, is the registry's to tell.
      element.hidden = leftUs <= 0;
      if (lease === null || leftUs <= 0) return;
      element.style.setProperty("--left", String(leftUs / Math.max(1, lease.dueUs - lease.renewedUs)));
      element.lastElementChild!.textContent = since(leftUs);
    };
    write();
    return followClock(write);
  }, [id]);
  return (
    <div ref={ring} className="lease" aria-hidden="true" hidden>
      <svg width="100%" height="100%">
        <rect width="100%" height="100%" rx="15" pathLength={1} />
      </svg>
      <span />
    </div>
  );
}
