// Replays side by side: by channel, in sum, what held back, week by week, and the work of each collector (COL-12).
import type { Schemas } from "../../api/client";
import { Card, Scroll } from "../../components/page";
import styles from "../../components/page.module.css";
import { useWords } from "../../lib/i18n/language";

type Replay = Schemas["Replay"];
export interface Side {
  readonly title: string;
  readonly replay: Replay;
}
const sums = ["customers_touched", "contacts", "clashes", "caps_hit", "broken_promises"] as const;
const modes = ["automatic", "confirm", "manual"] as const;

interface Line {
  readonly key: string;
  readonly label: string;
  /** null: of that side it is not known. */
  readonly values: readonly (number | null)[];
}

export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, one) => sum + one, 0);
}

/** One line a key that any side has, in the order they come up. */
export function linesOf(
  sides: readonly Side[],
  values: (replay: Replay) => ReadonlyMap<string, number> | null,
  label: (key: string) => string,
): Line[] {
  const all = sides.map((side) => values(side.replay));
  const keys = [...new Set(all.flatMap((one) => [...(one?.keys() ?? [])]))];
  return keys
    .map((key) => ({ key, label: label(key), values: all.map((one) => (one === null ? null : (one.get(key) ?? 0))) }))
    .filter((line) => line.values.some((value) => value !== 0 && value !== null));
}

function Table({ title, sides, lines }: { title: string; sides: readonly Side[]; lines: readonly Line[] }) {
  const { t, count } = useWords();
  return (
    <Card title={title}>
      {lines.length === 0 ? (
        <p className="soft">{t("simulator.nothing")}</p>
      ) : (
        <Scroll>
          <table className={styles["plain"]}>
            <thead>
              <tr>
                <th />
                {sides.map((side, place) => (
                  <th key={`${place} ${side.title}`} className="number">
                    {side.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.key}>
                  <td>{line.label}</td>
                  {line.values.map((value, place) => (
                    <td key={`${place} ${sides[place]?.title}`} className="number">
                      {value === null ? t("figure.none") : count(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Card>
  );
}

const ofCounts = (counts: Readonly<Record<string, number>>) => new Map(Object.entries(counts));

function collectorName(collector: unknown, nobody: string): string {
  const named = collector as { name?: unknown } | null;
  return typeof named?.name === "string" ? named.name : nobody;
}

/** Steps a person confirmed or did, over the whole period. */
function workOf(replay: Replay, nobody: string): Map<string, number> {
  const work = new Map<string, number>();
  for (const row of replay.workload) {
    const name = collectorName(row.collector, nobody);
    work.set(name, (work.get(name) ?? 0) + row.confirm + row.manual);
  }
  return work;
}

export function Sides({ sides }: { sides: readonly Side[] }) {
  const { t, code, date } = useWords();
  const summed = [
    ...sums.map((name) => ({
      key: name,
      label: t(`simulator.${name}`),
      values: sides.map((side) => side.replay[name]),
    })),
    ...modes.map((name) => ({
      key: name,
      label: t(`step_mode.${name}`),
      values: sides.map((side) => side.replay.modes[name] ?? 0),
    })),
  ];
  const weeks = linesOf(
    sides,
    (replay) => new Map(replay.weeks.map((one) => [one.week, total(one.actions)])),
    (week) => date(week),
  ).toSorted((left, right) => left.key.localeCompare(right.key));
  return (
    <div className={styles["two"]}>
      <div className={styles["stack"]}>
        <Table title={t("simulator.in_sum")} sides={sides} lines={summed} />
        <Table
          title={t("simulator.by_channel")}
          sides={sides}
          lines={linesOf(sides, (replay) => ofCounts(replay.actions), (key) => code("channel", key))}
        />
        <Table
          title={t("simulator.suppressed")}
          sides={sides}
          lines={linesOf(
            sides,
            ({ suppressed }) =>
              suppressed === null ? null : new Map(suppressed.map((one) => [one.reason, one.customers])),
            (key) => code("message_detail", key),
          )}
        />
        <Table
          title={t("simulator.workload")}
          sides={sides}
          lines={linesOf(sides, (replay) => workOf(replay, t("simulator.nobody")), (key) => key)}
        />
      </div>
      <Table title={t("simulator.by_week")} sides={sides} lines={weeks} />
    </div>
  );
}
