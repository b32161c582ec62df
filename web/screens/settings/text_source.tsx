// The source of a text: typing {{ offers the names it may use.
import { Textarea } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useWords } from "../../lib/i18n/language";
import { type Completion, completed, completionAt, type TemplateName } from "./completion";
import own from "./settings.module.css";

interface Props {
  readonly value: string;
  readonly names: readonly TemplateName[];
  readonly readOnly: boolean;
  readonly error?: string | undefined;
  readonly change: (value: string) => void;
}

interface ListProps {
  readonly id: string;
  readonly offer: Completion;
  readonly at: number;
  readonly take: (name: string) => void;
}

function NameList({ id, offer, at, take }: ListProps) {
  const { t } = useWords();
  const active = useRef<HTMLLIElement>(null);
  useEffect(() => {
    active.current?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <ul className={own["names"]} id={id} role="listbox" aria-label={t("texts.names")}>
      {offer.choices.map((one, place) => (
        // The field keeps the focus and its keys; a press must not take it away.
        <li
          key={one.name}
          id={`${id}-${place}`}
          ref={place === at ? active : undefined}
          role="option"
          aria-selected={place === at}
          onMouseDown={(event) => {
            event.preventDefault();
            take(one.name);
          }}
        >
          <span>{one.name}</span>
          <span className="soft">{t(`texts.kind_${one.kind}`)}</span>
        </li>
      ))}
    </ul>
  );
}

function useOffer({ value, names, readOnly, change }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const next = useRef<number>(undefined);
  const [offer, setOffer] = useState<Completion>();
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (next.current === undefined) return;
    field.current?.setSelectionRange(next.current, next.current);
    next.current = undefined;
  }, [value]);
  const look = (text: string, caret: number) => {
    setOffer(readOnly ? undefined : completionAt(text, caret, names));
    setAt(0);
  };
  const take = (name: string) => {
    const caret = field.current?.selectionStart;
    if (offer === undefined || caret === undefined) return;
    const made = completed(value, caret, offer.from, name);
    next.current = made.caret;
    setOffer(undefined);
    change(made.text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (offer === undefined) return;
    const last = offer.choices.length - 1;
    const chosen = offer.choices[at];
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, last));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if ((event.key === "Enter" || event.key === "Tab") && chosen !== undefined) take(chosen.name);
    else if (event.key === "Escape") setOffer(undefined);
    else return;
    event.preventDefault();
  };
  return { field, offer, at, look, take, onKeyDown, close: () => setOffer(undefined) };
}

export function TextSource(props: Props) {
  const { t } = useWords();
  const id = useId();
  const { field, offer, at, look, take, onKeyDown, close } = useOffer(props);
  return (
    <div className={own["source"]}>
      <Textarea
        ref={field}
        label={t("message.text")}
        description={t("texts.names_help")}
        rows={22}
        maxLength={65536}
        readOnly={props.readOnly}
        spellCheck
        value={props.value}
        error={props.error}
        onChange={(event) => {
          props.change(event.target.value);
          look(event.target.value, event.target.selectionStart);
        }}
        onKeyDown={onKeyDown}
        onClick={close}
        onBlur={close}
        aria-controls={offer === undefined ? undefined : id}
        aria-activedescendant={offer === undefined ? undefined : `${id}-${at}`}
      />
      {offer !== undefined && <NameList id={id} offer={offer} at={at} take={take} />}
    </div>
  );
}
