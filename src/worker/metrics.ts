import type { Metrics } from '../http/env.ts'

const nothing = () => undefined

/** Metrics of the rows only. Several isolates would each count requests for themselves; Cloudflare counts them. */
export const rowMetrics: Metrics = {
  answered: nothing,
  committed: nothing,
  refused: nothing,
  delivered: nothing,
  async text({ letters, oldestUnsentSeconds }) {
    const body = [
      '# HELP madoguchi_letters Letters in the outbox that are not done with, by state',
      '# TYPE madoguchi_letters gauge',
      ...Object.entries(letters).map(([state, many]) => `madoguchi_letters{state="${state}"} ${many}`),
      '# HELP madoguchi_oldest_unsent_letter_seconds Age of the oldest letter that should have left; 0 where there is none',
      '# TYPE madoguchi_oldest_unsent_letter_seconds gauge',
      `madoguchi_oldest_unsent_letter_seconds ${oldestUnsentSeconds}`,
    ]
    return { type: 'text/plain; version=0.0.4; charset=utf-8', body: `${body.join('\n')}\n` }
  },
}
