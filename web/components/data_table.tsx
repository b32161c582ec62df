// The dense table of all lists: only the rows in sight are drawn, header and totals stay, keys move and open.
import { columnVisibilityFeature, rowSelectionFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import { useWords } from "../lib/i18n/language";
import styles from "./data_table.module.css";
import { ColumnChoice, TableSearch } from "./data_table_bar";
import { Icon } from "./icon";

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** Pixels; columns keep their width while rows come and go. */
  readonly width: number;
  readonly cell: (row: T) => ReactNode;
  readonly end?: boolean;
  /** Field the server sorts by; absent = not sortable. */
  readonly sort?: string;
  readonly hidden?: boolean;
  /** Shown at first only on a window of this many pixels or more; all others can be chosen. */
  readonly from?: number;
}

export interface TotalRow {
  readonly key: string;
  readonly cells: Readonly<Record<string, ReactNode>>;
}

export interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly count?: number | undefined;
  readonly totals?: readonly TotalRow[];
  readonly onOpen?: (row: T) => void;
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string) => void;
  readonly search?: string | undefined;
  readonly onSearch?: (text: string) => void;
  readonly onEnd?: (() => void) | undefined;
  readonly more?: boolean;
  readonly selectionSum?: (rows: readonly T[]) => ReactNode;
  readonly tools?: ReactNode;
  readonly empty?: ReactNode;
}

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
const rowHeight = 32;
/** Widths of windows from which more columns fit: a desk, a wide desk, a very wide one. */
export const windowWidths = { desk: 600, middle: 1000, wide: 1400, widest: 1700 } as const;
const phoneColumnMax = 148;

function isPhone(): boolean {
  return window.innerWidth < windowWidths.desk;
}

function widthOf(column: { readonly width: number }): number {
  return isPhone() ? Math.min(column.width, phoneColumnMax) : column.width;
}

function useModel<T>({ columns, rows, rowKey }: DataTableProps<T>) {
  const definitions = useMemo(
    () => columns.map((column) => ({ id: column.id, accessorFn: () => null })),
    [columns],
  );
  const data = useMemo(() => [...rows] as (T & object)[], [rows]);
  const hidden = columns
    .filter((column) => column.hidden || window.innerWidth < (column.from ?? 0))
    .map((column) => [column.id, false] as const);
  return useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowKey,
    initialState: { columnVisibility: Object.fromEntries(hidden) },
  });
}

type Model<T> = ReturnType<typeof useModel<T>>;
type Virtual = Virtualizer<HTMLDivElement, Element>;

function HeadCell<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>;
  sort: string;
  onSort?: ((sort: string) => void) | undefined;
}) {
  const field = column.sort;
  const direction =
    field === undefined
      ? undefined
      : sort === field
        ? "ascending"
        : sort === `-${field}`
          ? "descending"
          : "none";
  const next = direction === "descending" ? (field ?? "") : `-${field}`;
  return (
    <th scope="col" data-end={column.end || undefined} aria-sort={direction} title={column.title}>
      {field === undefined || onSort === undefined ? (
        column.title
      ) : (
        <button type="button" className={styles["sort"]} onClick={() => onSort(next)}>
          {column.title}
          {direction === "ascending" && <Icon name="up" size={12} />}
          {direction === "descending" && <Icon name="down" size={12} />}
        </button>
      )}
    </th>
  );
}

interface BodyProps<T> {
  readonly shown: readonly Column<T>[];
  readonly model: Model<T>;
  readonly virtual: Virtual;
  readonly active: number;
  readonly setActive: (index: number) => void;
  readonly onOpen?: ((row: T) => void) | undefined;
  readonly selectable: boolean;
  readonly id: string;
}

function SelectCell({ checked, onChange, label }: { checked: boolean; onChange: () => void; label: string }) {
  return (
    <td style={{ textOverflow: "clip" }}>
      <input type="checkbox" checked={checked} onChange={onChange} aria-label={label} tabIndex={-1} />
    </td>
  );
}

function Body<T>({ shown, model, virtual, active, setActive, onOpen, selectable, id }: BodyProps<T>) {
  const { t } = useWords();
  const rows = model.getRowModel().rows;
  const visible = virtual.getVirtualItems();
  const before = visible[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (visible.at(-1)?.end ?? 0);
  const span = shown.length + (selectable ? 1 : 0);
  return (
    <tbody>
      {before > 0 && <Spacer height={before} span={span} />}
      {visible.map(({ index }) => {
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <tr
            key={row.id}
            id={`${id}-${index}`}
            data-row
            data-active={index === active}
            aria-rowindex={index + 2}
            aria-selected={selectable ? row.getIsSelected() : undefined}
            onClick={() => setActive(index)}
            onDoubleClick={() => onOpen?.(row.original)}
          >
            {selectable && (
              <SelectCell
                checked={row.getIsSelected()}
                onChange={() => row.toggleSelected()}
                label={t("table.select")}
              />
            )}
            {shown.map((column) => (
              <td key={column.id} data-end={column.end || undefined}>
                {column.cell(row.original)}
              </td>
            ))}
          </tr>
        );
      })}
      {after > 0 && <Spacer height={after} span={span} />}
    </tbody>
  );
}

function Spacer({ height, span }: { height: number; span: number }) {
  return (
    <tr>
      <td className={styles["spacer"]} colSpan={span} style={{ height }} />
    </tr>
  );
}

function Totals<T>({
  shown,
  totals,
  selectable,
}: {
  shown: readonly Column<T>[];
  totals: readonly TotalRow[];
  selectable: boolean;
}) {
  if (totals.length === 0) return null;
  return (
    <tfoot>
      {totals.map((total, index) => (
        <tr key={total.key}>
          {selectable && <td style={{ bottom: (totals.length - 1 - index) * rowHeight }} />}
          {shown.map((column) => (
            <td
              key={column.id}
              data-end={column.end || undefined}
              style={{ bottom: (totals.length - 1 - index) * rowHeight }}
            >
              {total.cells[column.id]}
            </td>
          ))}
        </tr>
      ))}
    </tfoot>
  );
}

/** Where the key leads: to another row, or undefined when it moves nothing. */
function movedBy(key: string, active: number, last: number): number | undefined {
  const places = new Map([
    ["ArrowDown", active + 1],
    ["ArrowUp", active - 1],
    ["PageDown", active + 15],
    ["PageUp", active - 15],
    ["Home", 0],
    ["End", last],
  ]);
  const place = places.get(key);
  return place === undefined ? undefined : Math.max(0, Math.min(last, place));
}

/** A link or a button in a cell takes the key itself. */
function isDoor(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest("a, button") !== null;
}

function useTableKeys<T>(props: DataTableProps<T>, model: Model<T>, virtual: Virtual) {
  const [active, setActive] = useState(-1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement && event.target.type !== "checkbox") return;
    const next = movedBy(event.key, active, props.rows.length - 1);
    const row = model.getRowModel().rows[active];
    if (next !== undefined) {
      setActive(next);
      virtual.scrollToIndex(next);
    } else if (event.key === "Enter" && row !== undefined && !isDoor(event.target)) {
      props.onOpen?.(row.original);
    } else if (event.key === " " && !isDoor(event.target) && row !== undefined && props.selectionSum !== undefined) {
      row.toggleSelected();
    } else return;
    event.preventDefault();
  };
  return { active, setActive, onKeyDown };
}

/** Asks for the next page when its end comes near. */
function useEndOfList(virtual: Virtual, loaded: number, onEnd: (() => void) | undefined): void {
  const last = virtual.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEnd !== undefined && loaded > 0 && last >= loaded - 30) onEnd();
  }, [last, loaded, onEnd]);
}

function CountAndSum<T>({ props, model }: { props: DataTableProps<T>; model: Model<T> }) {
  const { n } = useWords();
  const chosen =
    props.selectionSum === undefined ? [] : model.getSelectedRowModel().rows.map((row) => row.original);
  return (
    <>
      {chosen.length > 0 && (
        <strong role="status">
          {n("table.selected", chosen.length)} {props.selectionSum?.(chosen)}
        </strong>
      )}
      {props.count !== undefined && <span>{n("table.rows", props.count)}</span>}
    </>
  );
}

function Bar<T>({ props, model }: { props: DataTableProps<T>; model: Model<T> }) {
  return (
    <div className={styles["bar"]}>
      {props.onSearch !== undefined && <TableSearch value={props.search ?? ""} onSearch={props.onSearch} />}
      {props.tools}
      <div className={styles["barEnd"]}>
        <CountAndSum props={props} model={model} />
        <ColumnChoice
          columns={props.columns}
          isShown={(column) => model.getColumn(column)?.getIsVisible() !== false}
          toggle={(column) => model.getColumn(column)?.toggleVisibility()}
        />
      </div>
    </div>
  );
}

interface HeadProps<T> {
  readonly shown: readonly Column<T>[];
  readonly selectable: boolean;
  readonly sort: string;
  readonly onSort?: ((sort: string) => void) | undefined;
}

function Head<T>({ shown, selectable, sort, onSort }: HeadProps<T>) {
  const { t } = useWords();
  return (
    <>
      <colgroup>
        {selectable && <col style={{ width: 36 }} />}
        {shown.map((column) => (
          <col key={column.id} style={{ width: widthOf(column) }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {selectable && <th aria-label={t("table.select")} />}
          {shown.map((column) => (
            <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
    </>
  );
}

/** The scrolled part: its own component, so that scrolling draws nothing else. */
function Rows<T>({ props, model }: { props: DataTableProps<T>; model: Model<T> }) {
  const { t } = useWords();
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const shown = props.columns.filter((column) => model.getColumn(column.id)?.getIsVisible() !== false);
  const virtual = useVirtualizer({
    count: props.rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 1000, height: 600 },
  });
  const { active, setActive, onKeyDown } = useTableKeys(props, model, virtual);
  useEndOfList(virtual, props.rows.length, props.onEnd);
  const selectable = props.selectionSum !== undefined;
  const width = shown.reduce((sum, column) => sum + widthOf(column), selectable ? 36 : 0);
  return (
    <div className={styles["scroll"]} ref={scroll}>
      <table
        className={styles["table"]}
        style={{ width }}
        role="grid"
        tabIndex={0}
        onKeyDown={onKeyDown}
        aria-label={props.label}
        aria-rowcount={props.count ?? props.rows.length}
        aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
      >
        <Head {...{ shown, selectable }} sort={props.sort ?? ""} onSort={props.onSort} />
        <Body {...{ shown, model, virtual, active, setActive, selectable, id }} onOpen={props.onOpen} />
        <Totals shown={shown} totals={props.totals ?? []} selectable={selectable} />
      </table>
      {props.more && <div className={styles["more"]}>{t("state.loading")}</div>}
    </div>
  );
}

export function DataTable<T>(props: DataTableProps<T>) {
  const model = useModel(props);
  const nothing = props.rows.length === 0 && props.empty !== undefined;
  return (
    <div className={styles["frame"]}>
      <Bar props={props} model={model} />
      {nothing ? <div className={styles["more"]}>{props.empty}</div> : <Rows props={props} model={model} />}
    </div>
  );
}
