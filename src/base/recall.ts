/** Answers a question from memory if it was asked a moment ago, else by `make`. Parallel questions share one answer. */
export type Recall = <T>(key: string, make: () => Promise<T>) => Promise<T>

/** Remembers the last `most` answers for `ms` milliseconds each. An answer that failed is asked for again. */
export function recalling(elapsed: () => number, ms: number, most: number): Recall {
  const kept = new Map<string, { until: number; answer: Promise<unknown> }>()
  return <T>(key: string, make: () => Promise<T>): Promise<T> => {
    const found = kept.get(key)
    if (found && elapsed() < found.until) return found.answer as Promise<T>
    kept.delete(key)
    for (const [other, { until }] of kept) if (kept.size >= most || until <= elapsed()) kept.delete(other)
    const answer = make()
    kept.set(key, { until: elapsed() + ms, answer })
    answer.catch(() => kept.delete(key))
    return answer
  }
}
