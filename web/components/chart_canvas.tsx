// The only file that knows the drawing library.
import { useComputedColorScheme } from "@mantine/core";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use as register } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { formatAxis } from "../lib/format";
import type { Language } from "../lib/i18n";
import { useWords } from "../lib/i18n/language";

register([
  BarChart,
  LineChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  AriaComponent,
  CanvasRenderer,
]);

export interface DrawnSeries {
  readonly name: string;
  readonly form: "line" | "bar";
  /** A picture of the figures, not the figures: amounts stay text everywhere else. */
  readonly values: readonly (number | null)[];
  /** Invisible base under a floating bar. */
  readonly base?: readonly number[];
  readonly colour?: string;
  readonly second?: boolean;
}

export interface Drawing {
  readonly categories: readonly string[];
  readonly series: readonly DrawnSeries[];
  readonly unit: string;
  readonly secondUnit?: string;
  readonly onPick?: (index: number) => void;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function axis(name: string, language: Language) {
  return {
    type: "value",
    name,
    nameTextStyle: { color: colour("--cb-text-soft"), align: "left" },
    axisLabel: { color: colour("--cb-text-soft"), formatter: (value: number) => formatAxis(value, language) },
    splitLine: { lineStyle: { color: colour("--cb-line") } },
  };
}

function drawn(series: DrawnSeries): object[] {
  const tint = colour(series.colour ?? (series.second ? "--cb-line-strong" : "--cb-accent-text"));
  const shared = {
    name: series.name,
    data: series.values,
    itemStyle: { color: tint },
    yAxisIndex: series.second ? 1 : 0,
  };
  if (series.form === "line") {
    return [{ ...shared, type: "line", symbolSize: 5, lineStyle: { width: 2 }, connectNulls: false, z: 3 }];
  }
  const bar = {
    ...shared,
    type: "bar",
    barMaxWidth: 36,
    stack: series.base === undefined ? undefined : "floating",
  };
  if (series.base === undefined) return [bar];
  const hidden = { color: "transparent", borderColor: "transparent" };
  return [
    {
      type: "bar",
      stack: "floating",
      silent: true,
      itemStyle: hidden,
      data: series.base,
      tooltip: { show: false },
    },
    bar,
  ];
}

function optionOf(drawing: Drawing, label: string, language: Language): EChartsCoreOption {
  const soft = colour("--cb-text-soft");
  const axes = [axis(drawing.unit, language)];
  if (drawing.secondUnit !== undefined) {
    axes.push({ ...axis(drawing.secondUnit, language), splitLine: { lineStyle: { color: "transparent" } } });
  }
  const named = drawing.series.filter((series) => series.base === undefined);
  return {
    animation: false,
    aria: { enabled: true, label: { description: label } },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: {
      left: 8,
      right: 8,
      top: named.length > 1 ? 56 : 32,
      bottom: 8,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    legend: {
      show: named.length > 1,
      top: 0,
      right: 0,
      textStyle: { color: soft },
      itemWidth: 12,
      itemHeight: 8,
    },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: colour("--cb-surface"),
      borderColor: colour("--cb-line-strong"),
      textStyle: { color: colour("--cb-text"), fontSize: 12 },
      axisPointer: { type: "shadow", shadowStyle: { color: colour("--cb-accent-soft"), opacity: 0.5 } },
    },
    xAxis: {
      type: "category",
      data: drawing.categories,
      axisLabel: { color: soft, hideOverlap: true },
      axisLine: { lineStyle: { color: colour("--cb-line-strong") } },
      axisTick: { show: false },
    },
    yAxis: axes,
    series: drawing.series.flatMap(drawn),
  };
}

export default function ChartCanvas({ drawing, label }: { drawing: Drawing; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  const { language } = useWords();
  const scheme = useComputedColorScheme("light");
  // The colours come from the scheme's style sheet.
  useEffect(() => {
    if (place.current === null) return undefined;
    const chart = init(place.current);
    chart.setOption(optionOf(drawing, label, language));
    chart.on("click", (event) => drawing.onPick?.(event.dataIndex));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [drawing, label, language, scheme]);
  return <div ref={place} role="img" aria-label={label} style={{ height: 280, width: "100%" }} />;
}
