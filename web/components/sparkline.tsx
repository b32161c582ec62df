// A small trend without axes, drawn by hand so that the first page needs no chart library.
export function Sparkline({ values, label }: { values: readonly (number | null)[]; label: string }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const points = values.flatMap((value, index) =>
    value === null ? [] : [`${(index / (values.length - 1)) * 236 + 2},${44 - ((value - low) / span) * 40}`],
  );
  const [x, y] = points.at(-1)?.split(",") ?? [];
  return (
    <svg
      viewBox="0 0 240 48"
      width="100%"
      height="48"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="var(--cb-accent-text)"
        strokeWidth="2"
        vectorEffect="non-scaling-stroke"
      />
      <circle cx={x} cy={y} r="2" fill="var(--cb-accent-text)" />
    </svg>
  );
}
