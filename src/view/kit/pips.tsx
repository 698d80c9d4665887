/** So many of so many: ▮▮▯. Above six they would be a bar code, so the two numbers stand instead. */
export function Pips({ done, of, colour }: { readonly done: number; readonly of: number; readonly colour: string }) {
  if (of > 6) {
    return (
      <span className="mono" style={{ color: colour }}>
        {done}/{of}
      </span>
    );
  }
  return (
    <span className="pips" style={{ color: colour }} role="img" aria-label={`${done}/${of}`}>
      {Array.from({ length: of }, (_, index) => (
        <i key={index} data-full={index < done} />
      ))}
    </span>
  );
}
