/** "256 MB", "1.2 GB", "16 GB". */
export function megabytes(mb: number): string {
  if (mb < 1024) return `${Math.round(mb)} MB`;
  const gb = mb / 1024;
  return `${gb >= 10 ? Math.round(gb) : Number(gb.toFixed(1))} GB`;
}
