// How the console is built, served while it is written, and tested.
import vue from '@vitejs/plugin-vue'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const gateway = process.env.MINGCHA_GATEWAY ?? 'http://127.0.0.1:8080'
/** The oldest browsers that the console runs in; index.html tells people, `lib` in tsconfig.json and eslint.config.js what these do not have. */
const OLDEST = ['chrome93', 'safari15.4', 'firefox92']

/** What codes are called: one catalogue with the services. */
const VOCABULARY = fileURLToPath(new URL('../../vocabulary', import.meta.url))

/** Whatever is not the console or Vite's own is a page of the gateway. */
const OTHERS = '^/(?!console(?:[/?]|$)|@|__|node_modules/|src/)'

/** Element Plus names all its components in an installer that its index looks into: whoever takes one then has them all. */
function withoutInstaller(): Plugin {
  return {
    name: 'element-plus-without-installer',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('element-plus/es/index.mjs')) return null
      const cut = code.replace(/^import (\w+) from "\.\/defaults\.mjs";$/m, '').replace(/^((?:const|var) \w+) = \w*defaults\w*(?:\.\w+)?;$/gm, '$1 = undefined;')
      if (cut === code || cut.includes('defaults.mjs')) this.error('Element Plus has another index by now: look again at how its installer is left out.')
      return { code: cut, map: null }
    },
  }
}

export default defineConfig({
  base: '/console/',
  plugins: [vue(), Components({ resolvers: [ElementPlusResolver()], dirs: [], dts: false }), withoutInstaller()],
  resolve: { alias: { '@words': `${VOCABULARY}/words.json`, '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { host: '127.0.0.1', port: 5173, proxy: { [OTHERS]: gateway }, fs: { allow: ['.', VOCABULARY] } },
  build: {
    target: OLDEST,
    cssTarget: OLDEST,
    // The content policy allows nothing that is written into a page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rollupOptions: {
      output: {
        // What every page has stands alone, for it changes least; the rest comes with the pages that need it.
        manualChunks(id: string) {
          if (id.includes('echarts') || id.includes('zrender')) return 'charts'
          if (/node_modules\/(@vue|vue|vue-router|openapi-fetch)\//.test(id)) return 'vue'
          if (/theme-chalk\/base\.css/.test(id)) return 'theme'
          if (id.endsWith('/vocabulary/words.json')) return 'words'
          if (/\/src\/pages\/(?:[a-z]+\/)?index\.ts$/.test(id)) return 'routes'
          return undefined
        },
        experimentalMinChunkSize: 4_000,
      },
    },
  },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'], server: { deps: { inline: ['element-plus'] } } },
})
