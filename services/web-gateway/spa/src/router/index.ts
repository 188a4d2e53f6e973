// Addresses of the console and who has a use for each; the gateway decides who may.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { pages } from '@/pages'
import { connection } from '@/api/connection'
import { signedIn } from '@/session'
import { windowTitle } from '@/texts/pages'

const routes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('@/shell/SignIn.vue'), meta: { open: true } },
  { path: '/', component: () => import('@/shell/Shell.vue'), children: pages.map((page) => page.route) },
  { path: '/:anything(.*)*', component: () => import('@/shell/NoPage.vue'), meta: { open: true } },
]

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.beforeEach((to) => {
  if (to.meta.open || signedIn.value) return true
  // Only the address within the console: it holds numbers of cases, never of people.
  return { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
})
// A page that cannot be fetched any more: the console has been renewed meanwhile. Read anew it is there; drafts outlive that.
router.onError((thrown, to) => {
  const address = router.resolve(to.fullPath).href
  if (/dynamically imported module|importing a module/i.test(String(thrown)) && connection.reachable && window.location.pathname + window.location.search !== address) window.location.assign(address)
})
router.afterEach((to) => {
  document.title = windowTitle(pages.find((one) => one.route.name === to.name)?.title)
})
