// Sign in by the one-time link (`/sign-in#token=…`) or with e-mail and password.
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { type PostBody, post, setCsrf } from "../../api/client";
import { Failed, Waiting } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { enterAs } from "../../lib/server";
import styles from "./sign_in.module.css";

/** The token stands behind `#`, so that it never reaches a server log. */
export function tokenIn(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token") ?? undefined;
}

function useSignIn() {
  const client = useQueryClient();
  const [location, navigate] = useLocation();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const signIn = async (body: PostBody<"/api/sign-in">) => {
    setBusy(true);
    setError(undefined);
    try {
      const me = await post("/api/sign-in", body);
      setCsrf(me.csrf);
      if (location === "/sign-in") navigate("/", { replace: true });
      enterAs(client, me);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return { signIn, error, busy };
}

function LanguageChoice() {
  const { language, switchTo, t } = useWords();
  const next = language === "fr" ? "en" : "fr";
  return (
    <Button size="xs" variant="subtle" lang={next} onClick={() => void switchTo(next)}>
      {t("desk.other_language")}
    </Button>
  );
}

export function SignIn() {
  const { t } = useWords();
  const { signIn, error, busy } = useSignIn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const tried = useRef(false);
  const [token] = useState(() => tokenIn(window.location.hash));
  useEffect(() => {
    document.title = `${t("sign_in.title")} · Countback`;
    if (token === undefined || tried.current) return;
    tried.current = true;
    window.history.replaceState(null, "", window.location.pathname);
    void signIn({ token });
  }, [token, t, signIn]);
  return (
    <main className={styles["place"]}>
      <img src="/icon.svg" alt="" width={40} height={40} />
      <h1>{t("sign_in.title")}</h1>
      {error !== undefined && <Failed error={error} />}
      {token !== undefined && busy ? (
        <Waiting lines={3} />
      ) : (
        <form
          className={styles["form"]}
          onSubmit={(event) => {
            event.preventDefault();
            void signIn({ email, password });
          }}
        >
          <TextInput
            label={t("sign_in.email")}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <PasswordInput
            label={t("sign_in.password")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button type="submit" loading={busy}>
            {t("sign_in.enter")}
          </Button>
          <p className="soft">{t("sign_in.link_help")}</p>
        </form>
      )}
      <LanguageChoice />
    </main>
  );
}
