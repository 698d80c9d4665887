/** A time that all threads of the page share. */
export const wallMs = (): number => performance.timeOrigin + performance.now();
