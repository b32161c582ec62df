// The perimeter and the Moment of a page live in its address: a link shows a colleague the same thing.
import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { queryString } from "../api/client";
import { isDate } from "./format";

/** Absent = everything, or today, or now. Names are those of the contract. */
export interface Perimeter {
  readonly as_of?: string;
  readonly known_at?: string;
  readonly entity?: string;
  readonly collector?: string;
  readonly segment?: string;
  readonly currency?: string;
  readonly reporting?: string;
}

export type PerimeterName = keyof Perimeter;
export type Changes = Readonly<Record<string, string | undefined>>;

const idList = /^\d+(,\d+)*$/;
const currencyCode = /^[A-Z]{3}$/;
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Asks for a day of the calendar as well: the browser alone would read 31 February as 3 March. */
function isInstant(value: string): boolean {
  return instantForm.test(value) && isDate(value.slice(0, 10)) && !Number.isNaN(Date.parse(value));
}
const good: Readonly<Record<PerimeterName, (value: string) => boolean>> = {
  as_of: isDate,
  known_at: isInstant,
  entity: (value) => idList.test(value),
  collector: (value) => idList.test(value),
  segment: (value) => idList.test(value),
  currency: (value) => currencyCode.test(value),
  reporting: (value) => currencyCode.test(value),
};
export const perimeterNames = Object.keys(good) as readonly PerimeterName[];

/** Reads the address; what cannot be right is left out rather than sent. */
export function perimeterFrom(search: string): Perimeter {
  const params = new URLSearchParams(search);
  const entries = perimeterNames.flatMap((name) => {
    const value = params.get(name);
    return value !== null && good[name](value) ? [[name, value]] : [];
  });
  return Object.fromEntries(entries) as Perimeter;
}

export interface WrongValue {
  readonly name: PerimeterName;
  readonly value: string;
}

/** What the address asks for and cannot be: the page says so, since other figures are shown than were asked for. */
export function wrongIn(search: string): WrongValue[] {
  const params = new URLSearchParams(search);
  return perimeterNames.flatMap((name) => {
    const value = params.get(name);
    return value === null || value === "" || good[name](value) ? [] : [{ name, value }];
  });
}

/** What the bar names of lists that have no moment and no currency: messages, letters, runs. */
export function barOf({ entity, collector, segment }: Perimeter) {
  return { entity, collector, segment };
}

export function idsOf(list: string | undefined): number[] {
  return list === undefined ? [] : list.split(",").map(Number);
}

/** An address in the same perimeter; `extra` are the page's own parameters. */
export function hrefIn(perimeter: Perimeter, path: string, extra: Changes = {}): string {
  return path + queryString({ ...perimeter, ...extra });
}

export function searchWith(search: string, changes: Changes): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") params.delete(name);
    else params.set(name, value);
  }
  return params.toString();
}

export interface PagePlace {
  readonly perimeter: Perimeter;
  readonly param: (name: string) => string | undefined;
  /** Changes parameters of this page and keeps the rest; undefined takes one away. */
  readonly change: (changes: Changes) => void;
  readonly href: (path: string, extra?: Changes) => string;
  /** The items behind a figure of this currency. A converted figure has items of all currencies. */
  readonly itemsHref: (currency: string, filter: Changes) => string;
}

/** Where we are: perimeter, the page's own parameters, and how to change them. */
export function usePlace(): PagePlace {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const perimeter = useMemo(() => perimeterFrom(search), [search]);
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const change = useCallback(
    (changes: Changes) => {
      const next = searchWith(window.location.search, changes);
      navigate(next === "" ? path : `${path}?${next}`, { replace: true });
    },
    [navigate, path],
  );
  const href = useCallback((to: string, extra?: Changes) => hrefIn(perimeter, to, extra), [perimeter]);
  const itemsHref = useCallback(
    (currency: string, filter: Changes) =>
      hrefIn(perimeter, "/items", perimeter.reporting === undefined ? { currency, ...filter } : filter),
    [perimeter],
  );
  const param = useCallback((name: string) => params.get(name) ?? undefined, [params]);
  return { perimeter, param, change, href, itemsHref };
}
