import { createRoot } from "react-dom/client";
import { setRequestLanguage } from "./api/client";
import { App } from "./components/app";
import { firstLanguage, loadLanguage } from "./lib/i18n";
import { LanguageProvider } from "./lib/i18n/language";
import "./components/theme.css";

const language = firstLanguage();
setRequestLanguage(language);
await loadLanguage(language);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no root");
createRoot(root).render(
  <LanguageProvider first={language}>
    <App />
  </LanguageProvider>,
);
