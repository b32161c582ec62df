// Line icons, drawn on a 16 px grid. They decorate words and are hidden from screen readers.
const paths = {
  today: "M2.500 3.500h11v10h-11zM2.500 6.500h11M5.500 2v3M10.500 2v3",
  agenda: "M6 4h8M6 8h8M6 12h8M2 4l1 1 1.500-2M2 8l1 1 1.500-2M2 12l1 1 1.500-2",
  customers:
    "M8 8a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM3 13.500c.5-2.500 2.500-3.500 5-3.500s4.500 1 5 3.500",
  items: "M4 2h5l3 3v9H4zM9 2v3h3M6 8h4M6 11h4",
  ageing: "M2.500 13.500h11M4 11V8M7 11V5M10 11V3M13 11V9",
  dso: "M2 12l4-4 3 2 5-6M10.500 4H14v3.500",
  imports: "M8 2v8M5 7l3 3 3-3M2.500 11v2.500h11V11",
  messages: "M2 4h12v9H2zM2 4.500l6 4.500 6-4.500",
  runs: "M13.500 8A5.500 5.500 0 1 1 8 2.500M8 5v3l2 2M11 2.500h2.500V5",
  scenarios: "M3 3.500h4M3 8h6M3 12.500h8M12 2v6M10 6l2 2 2-2",
  settings: "M2 5h7M12 5h2M9 3.500v3h3v-3zM2 11h2M7 11h7M4 9.500v3h3v-3z",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM11 11l3 3",
  info: "M8 14.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM8 7.500v3.500M8 5v.1",
  close: "M4 4l8 8M12 4l-8 8",
  down: "M4 6l4 4 4-4",
  right: "M6 4l4 4-4 4",
  left: "M10 4L6 8l4 4",
  up: "M4 10l4-4 4 4",
  menu: "M2 4h12M2 8h12M2 12h12",
  moon: "M13 9.500A5.500 5.500 0 0 1 6.500 3 5.500 5.500 0 1 0 13 9.500z",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1",
  export: "M8 10V2M5 5l3-3 3 3M2.500 10v3.500h11V10",
  columns: "M2.500 3h11v10h-11zM6.200 3v10M9.800 3v10",
  check: "M3 8.500l3.500 3.500L13 4.500",
  warning: "M8 2l6.500 11.500h-13zM8 6.500V10M8 11.800v.1",
  link: "M6.500 9.500l3-3M7 4.500l1.500-1.500a2.800 2.800 0 0 1 4 4L11 8.500M9 11.500L7.500 13a2.800 2.800 0 0 1-4-4L5 7.500",
  person:
    "M8 8a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM3 13.500c.5-2.500 2.500-3.500 5-3.500s4.500 1 5 3.500",
  keyboard: "M1.500 4h13v8h-13zM4 6.500h.1M7 6.500h.1M10 6.500h.1M12.500 6.500h.1M5 9.500h6",
  later: "M8 14.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM8 4.500V8l2.500 1.500",
  call: "M3 2.500h3l1 3.500-1.800 1.200a8 8 0 0 0 3.600 3.600L10 9l3.500 1v3a1 1 0 0 1-1 1A10.500 10.500 0 0 1 2 3.500a1 1 0 0 1 1-1z",
  undo: "M4 3v4h4M4.500 7A5 5 0 1 1 4 11",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
