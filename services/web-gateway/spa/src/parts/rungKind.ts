// The colour of a rung of the ladder, the same wherever one stands.

/** What was referred to the inspectors is as grave as it gets. */
export function rungKind(rung: string | null | undefined): 'danger' | 'warning' {
  return rung === 'referral' ? 'danger' : 'warning'
}
