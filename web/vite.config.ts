import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The server that answers /api while the pages are being worked on.
const server = process.env["COUNTBACK_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  base: "/",
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Few files for what every page needs; what a page alone needs stays with it.
        codeSplitting: {
          groups: [
            {
              name: "desk",
              test: /[\\/]web[\\/](api|lib|components)[\\/](?!data_table|chart_canvas|drawer_panel|modal_panel|palette_panel|.*\.json$)/,
              minShareCount: 4,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": server, "/healthz": server } },
});
