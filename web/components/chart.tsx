// A chart with its table twin. The drawing library is fetched only when a chart is shown.
import { SegmentedControl } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useWords } from "../lib/i18n/language";
import type { Drawing } from "./chart_canvas";
import { Card } from "./page";

const ChartCanvas = lazy(() => import("./chart_canvas"));

export interface ChartProps {
  readonly title: string;
  readonly drawing: Drawing;
  /** The same figures as rows; what a screen reader reads and what prints best. */
  readonly table: ReactNode;
  readonly tools?: ReactNode;
}

export function ChartCard({ title, drawing, table, tools }: ChartProps) {
  const { t } = useWords();
  const [shown, setShown] = useState<"chart" | "table">("chart");
  const choices = [
    { value: "chart" as const, label: t("chart.chart") },
    { value: "table" as const, label: t("chart.table") },
  ];
  const choice = (
    <SegmentedControl
      size="xs"
      data={choices}
      value={shown}
      onChange={setShown}
      aria-label={title}
      transitionDuration={0}
    />
  );
  return (
    <Card
      title={title}
      tools={
        <>
          {tools}
          {choice}
        </>
      }
    >
      {shown === "chart" ? (
        <Suspense fallback={<div style={{ height: 280 }} />}>
          <ChartCanvas drawing={drawing} label={title} />
        </Suspense>
      ) : (
        table
      )}
    </Card>
  );
}
