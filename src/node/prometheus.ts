import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from '../http/env.ts'

/** Buckets of latency in seconds, from a cached page to a time that people call broken. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The metrics of this process, with the library's own about Node. */
export function prometheus(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'madoguchi_request_seconds',
    help: 'Requests by route, method and status, with their latency',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers,
  })
  const counter = <Label extends string>(name: string, help: string, label: Label) =>
    new Counter({ name, help, labelNames: [label], registers })
  const commits = counter('madoguchi_commits_total', 'Commits by outcome: ok, busy, fault, or what broke', 'outcome')
  const refusals = counter('madoguchi_refusals_total', 'Refusals told to somebody, by reason', 'why')
  const delivered = counter('madoguchi_letters_total', 'Letters by what became of an attempt to send them', 'outcome')
  const letters = new Gauge({
    name: 'madoguchi_letters',
    help: 'Letters in the outbox that are not done with, by state',
    labelNames: ['state'],
    registers,
  })
  const oldest = new Gauge({
    name: 'madoguchi_oldest_unsent_letter_seconds',
    help: 'Age of the oldest letter that should have left; 0 where there is none',
    registers,
  })
  return {
    answered: ({ seconds, route, method, status }) => requests.observe({ route, method, status }, seconds),
    committed: (outcome) => commits.inc({ outcome }),
    refused: (why) => refusals.inc({ why }),
    delivered: (count) => {
      for (const [outcome, many] of Object.entries(count)) delivered.inc({ outcome }, many)
    },
    async text(now) {
      letters.reset()
      for (const [state, many] of Object.entries(now.letters)) letters.set({ state }, many)
      oldest.set(now.oldestUnsentSeconds)
      return { type: registry.contentType, body: await registry.metrics() }
    },
  }
}
