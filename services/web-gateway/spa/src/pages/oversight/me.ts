// Who is at work, for what can be offered to them.
import { computed } from 'vue'
import { session } from '@/session'
import type { Me } from './rights'

export const me = computed<Me>(() => ({
  account: session.view?.account ?? '',
  unit: session.view?.unit ?? '',
  role: session.role,
  firstResponsible: session.view?.first_responsible ?? false,
}))
