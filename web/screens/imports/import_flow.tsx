// File → mapping → preview → apply. Nothing is changed before the last step (IMP-4).
import { Button, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { post, type Reading, uploadFile } from "../../api/client";
import { Card } from "../../components/page";
import page from "../../components/page.module.css";
import { Failed, Waiting } from "../../components/states";
import { formatSize } from "../../lib/format";
import { useWords } from "../../lib/i18n/language";
import { useMe } from "../../lib/me";
import { FileDrop } from "./file_drop";
import { FormatEditor, type Formats } from "./format_editor";
import styles from "./imports.module.css";
import { type ImportFile, type ImportKind, type Mapping, missingFields } from "./mapping";
import { MappingEditor } from "./mapping_editor";
import { PreviewView, RefusedCard } from "./preview";

const kinds = ["items", "customers", "contacts", "allocations"] as const;

interface Choice {
  readonly mapping: Mapping;
  readonly kind: ImportKind;
  readonly mode: "delta" | "stock";
  readonly asOf: string;
  readonly scope: string;
  readonly formats: Formats;
}

function bodyOf(file: ImportFile, choice: Choice) {
  return {
    file_id: file.file_id,
    mapping: choice.mapping,
    kind: choice.kind,
    mode: choice.mode,
    as_of: choice.asOf,
    scope_entities: choice.scope.split(/[,;\s]+/).filter(Boolean),
    formats: choice.formats,
  };
}

function useFlow(onDone: (load: number) => void) {
  const me = useMe();
  const client = useQueryClient();
  const [source, setSource] = useState<File>();
  const [choice, setChoice] = useState<Choice>();
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const upload = useMutation({
    mutationFn: ({ file, reading }: { file: File; reading: Reading }) => uploadFile(file, reading),
    onSuccess: (read) =>
      setChoice({
        mapping: read.proposed_mapping,
        kind: read.kind,
        mode: "delta",
        asOf: me.today,
        scope: "",
        formats: {},
      }),
  });
  const preview = useMutation({
    mutationFn: ({ file, chosen }: { file: ImportFile; chosen: Choice }) =>
      post("/api/imports/preview", bodyOf(file, chosen)),
    onSuccess: () => setAccepted([]),
  });
  const apply = useMutation({
    mutationFn: (preview_id: number) => post("/api/imports/apply", { preview_id, accept: [...accepted] }),
    onSuccess: async (report) => {
      await client.invalidateQueries();
      onDone(report.load_id);
    },
  });
  const read = (file: File, reading: Reading = {}) => {
    setSource(file);
    preview.reset();
    upload.mutate({ file, reading });
  };
  const change = (part: Partial<Choice>) => {
    preview.reset();
    setChoice((before) => (before === undefined ? before : { ...before, ...part }));
  };
  return { source, upload, choice, change, preview, apply, accepted, setAccepted, read };
}

type Flow = ReturnType<typeof useFlow>;

function Steps({ at }: { at: number }) {
  const { t } = useWords();
  return (
    <ol className={styles["steps"]}>
      {(["file", "mapping", "preview", "figures"] as const).map((step, index) => (
        <li key={step} aria-current={index === at ? "step" : undefined}>
          <span>{index + 1}</span>
          {t(`imports.step_${step}`)}
        </li>
      ))}
    </ol>
  );
}

function Modes({ choice, change }: { choice: Choice; change: Flow["change"] }) {
  const { t } = useWords();
  return (
    <div className={page["stack"]}>
      <div className={page["row"]}>
        <NativeSelect
          size="xs"
          label={t("imports.kind")}
          value={choice.kind}
          data={kinds.map((value) => ({ value, label: t(`import_kind.${value}`) }))}
          onChange={(event) => change({ kind: event.target.value as ImportKind })}
        />
        {choice.kind === "items" && (
          <div>
            <div className={styles["label"]}>{t("imports.mode")}</div>
            <SegmentedControl
              size="xs"
              transitionDuration={0}
              value={choice.mode}
              onChange={(mode) => change({ mode })}
              data={(["delta", "stock"] as const).map((value) => ({ value, label: t(`mode.${value}`) }))}
            />
          </div>
        )}
        <TextInput
          size="xs"
          type="date"
          label={t("imports.as_of")}
          value={choice.asOf}
          onChange={(event) => change({ asOf: event.target.value })}
        />
        {choice.mode === "stock" && (
          <TextInput
            size="xs"
            label={t("imports.scope")}
            placeholder={t("imports.scope_all")}
            value={choice.scope}
            onChange={(event) => change({ scope: event.target.value })}
          />
        )}
      </div>
      <p className="soft">{t(`mode.${choice.mode}_help`)}</p>
    </div>
  );
}

function FileCard({ flow, file, choice }: { flow: Flow; file: ImportFile; choice: Choice }) {
  const { n, language } = useWords();
  const again = (reading: Reading) => flow.source !== undefined && flow.read(flow.source, reading);
  return (
    <Card
      title={file.name}
      tools={
        <span className="soft">
          {formatSize(file.size, language)}
          {file.lines !== null && ` · ${n("imports.lines", file.lines)}`}
        </span>
      }
    >
      <div className={page["stack"]}>
        <FormatEditor
          key={file.file_id}
          detected={file.detected}
          formats={choice.formats}
          setFormats={(formats) => flow.change({ formats })}
          readAgain={again}
        />
        <Modes choice={choice} change={flow.change} />
      </div>
    </Card>
  );
}

function PreviewStep({ flow, file, choice }: { flow: Flow; file: ImportFile; choice: Choice }) {
  const { t } = useWords();
  const missing = missingFields(file, choice.kind, choice.mapping);
  const { preview, apply, accepted, setAccepted } = flow;
  const open = preview.data?.questions.filter((question) => !accepted.includes(question.code)) ?? [];
  return (
    <>
      {preview.data === undefined && (
        <div className={styles["atHand"]}>
          {missing.length > 0 && (
            <p role="status">
              {t("imports.missing", { fields: missing.map((field) => field.label).join(", ") })}
            </p>
          )}
          <Button
            onClick={() => preview.mutate({ file, chosen: choice })}
            disabled={missing.length > 0}
            loading={preview.isPending}
          >
            {t("imports.to_preview")}
          </Button>
          <span className="soft">{t("imports.nothing_changed")}</span>
        </div>
      )}
      {preview.isError && <Failed error={preview.error} />}
      {preview.isPending && <Waiting lines={6} />}
      {preview.data !== undefined && (
        <>
          <PreviewView preview={preview.data} accepted={accepted} setAccepted={setAccepted} />
          {apply.isError && <Failed error={apply.error} />}
          <div className={page["row"]}>
            <Button
              onClick={() => apply.mutate(preview.data.preview_id)}
              disabled={open.length > 0}
              loading={apply.isPending}
            >
              {t("imports.apply")}
            </Button>
            <Button variant="default" onClick={() => preview.reset()}>
              {t("imports.back_to_mapping")}
            </Button>
            {open.length > 0 && <span className="soft">{t("imports.answer_first")}</span>}
          </div>
          <RefusedCard lines={preview.data.refusals_sample} />
        </>
      )}
    </>
  );
}

/** `onDone` gets the load's number. */
export function ImportFlow({ onDone }: { onDone: (load: number) => void }) {
  const { t } = useWords();
  const flow = useFlow(onDone);
  const { upload, choice } = flow;
  const file = upload.data;
  const at = file === undefined ? 0 : flow.preview.data === undefined ? 1 : 2;
  return (
    <>
      <Steps at={at} />
      {upload.isError && <Failed error={upload.error} />}
      {(file === undefined || choice === undefined) && (
        <FileDrop onFile={(chosen) => flow.read(chosen)} busy={upload.isPending} />
      )}
      {file !== undefined && choice !== undefined && (
        <>
          <FileCard flow={flow} file={file} choice={choice} />
          {flow.preview.data === undefined && (
            <Card title={t("imports.mapping")}>
              <MappingEditor
                file={file}
                kind={choice.kind}
                mapping={choice.mapping}
                set={(mapping) => flow.change({ mapping })}
              />
            </Card>
          )}
          <PreviewStep flow={flow} file={file} choice={choice} />
        </>
      )}
    </>
  );
}
