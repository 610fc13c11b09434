import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the preview of every screen, for looking at it in a browser: `npx vite build -c <this> --outDir <there>`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: { target: 'chrome140', emptyOutDir: true, modulePreload: { polyfill: false } },
});
