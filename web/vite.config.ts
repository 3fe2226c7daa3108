import { defineConfig } from "vite";

// Each page loads an entry by its name; what only some pages need is in chunks of their own.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "static/islands",
    emptyOutDir: true,
    target: "es2024",
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { page: "islands/page.ts", sparql: "islands/sparql.ts" },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
});
