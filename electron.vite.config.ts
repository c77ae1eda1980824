import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

const page = (name: string) => resolve(import.meta.dirname, 'renderer', name, 'index.html')
const preload = (name: string) => resolve(import.meta.dirname, 'electron', `${name}-preload.ts`)

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: { main: resolve(import.meta.dirname, 'electron/main.ts') },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file: two inputs that share a module would
      // otherwise emit a chunk that the sandbox cannot load.
      isolatedEntries: true,
      externalizeDeps: false,
      rollupOptions: {
        input: { kiosk: preload('kiosk'), desk: preload('desk') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // The content security policy allows fonts and images from our own scheme only (KSK-42).
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { kiosk: page('kiosk'), desk: page('desk'), handout: page('handout') } },
    },
  },
})
