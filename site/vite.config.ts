import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { slipway } from './build/plugin.js';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root,
  plugins: [slipway(root)],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { main: `${root}src/main.ts`, landing: `${root}src/landing.ts` },
    },
  },
  test: { include: ['src/**/*.test.ts', 'build/**/*.test.ts'] },
});
