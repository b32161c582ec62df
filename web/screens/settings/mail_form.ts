// The mail settings as a form holds them, and what is sent back (MSG-1).
import type { PutBody, Schemas } from "../../api/client";

export type MailSettings = Schemas["MailSettings"];
export interface MailDraft {
  readonly host: string;
  readonly port: string;
  readonly security: MailSettings["security"];
  readonly user: string;
  /** What is typed now; the kept one is never shown. */
  readonly password: string;
  readonly removePassword: boolean;
  readonly from_address: string;
  readonly reply_domain: string;
  readonly public_url: string;
  readonly per_minute_and_domain: string;
  readonly documents_megabytes_max: string;
  readonly paused: boolean;
  /** One address or @domain a line. */
  readonly allowed: string;
}

export function draftOf(settings: MailSettings): MailDraft {
  const { host, port, security, user, from_address, reply_domain, public_url } = settings;
  return {
    host,
    port: String(port),
    security,
    user,
    password: "",
    removePassword: false,
    from_address,
    reply_domain,
    public_url,
    per_minute_and_domain: String(settings.per_minute_and_domain),
    documents_megabytes_max: String(settings.documents_megabytes_max ?? ""),
    paused: settings.paused,
    allowed: settings.allowed.join("\n"),
  };
}

/** The kept password was for one server and one user; for another it is typed again. */
export function needsPassword(draft: MailDraft, settings: MailSettings): boolean {
  const same =
    draft.host.trim().toLowerCase() === settings.host.toLowerCase() &&
    Number(draft.port) === settings.port &&
    draft.security === settings.security &&
    draft.user === settings.user;
  return settings.password_set && !same && draft.user !== "" && draft.host.trim() !== "";
}

/** A password left empty keeps the one there is; removing it is said. */
export function mailBody(draft: MailDraft): PutBody<"/api/settings/mail"> {
  const { password, removePassword, port, per_minute_and_domain, allowed, ...others } = draft;
  const { documents_megabytes_max: megabytes, ...rest } = others;
  return {
    ...rest,
    port: Number(port),
    per_minute_and_domain: Number(per_minute_and_domain),
    ...(megabytes.trim() === "" ? {} : { documents_megabytes_max: Number(megabytes) }),
    allowed: allowed.split(/[\s,;]+/u).filter((one) => one !== ""),
    ...(removePassword ? { password: "" } : password === "" ? {} : { password }),
  };
}
