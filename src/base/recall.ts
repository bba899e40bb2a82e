/** Answers a question by `make`, or with the answer that another one of the same key waits for. */
export type Recall = <T>(key: string, make: () => Promise<T>) => Promise<T>

/** Parallel questions share one answer. None is kept once it is given. */
export function sharing(): Recall {
  const making = new Map<string, Promise<unknown>>()
  return <T>(key: string, make: () => Promise<T>): Promise<T> => {
    const others = making.get(key)
    if (others) return others as Promise<T>
    const answer = make().finally(() => making.delete(key))
    making.set(key, answer)
    return answer
  }
}

/**
 * The same pure function, which remembers its answers: between `most` and twice as many of the latest. What throws is not
 * remembered. Arguments and answers are not copied, so nobody may change them.
 */
export function remembered<K extends string | number, T>(make: (key: K) => T, most: number): (key: K) => T {
  let young = new Map<K, T>()
  let old = new Map<K, T>()
  return (key) => {
    const known = young.get(key)
    if (known !== undefined) return known
    const answer = old.get(key) ?? make(key)
    if (young.size >= most) {
      old = young
      young = new Map()
    }
    young.set(key, answer)
    return answer
  }
}

/** What was written of a thing, by name, for as long as the thing is in memory. Nobody may change the thing. */
export type Fragments<K extends object, T> = (of: K, name: string, write: () => T) => T

/** Writes each text of a thing once. `name` says all that it depends on besides the thing: its language, for example. */
export function fragments<K extends object, T = string>(): Fragments<K, T> {
  const kept = new WeakMap<K, Map<string, T>>()
  return (of, name, write) => {
    const known = kept.get(of)
    const text = known?.get(name)
    if (text !== undefined) return text
    const written = write()
    if (known) known.set(name, written)
    else kept.set(of, new Map([[name, written]]))
    return written
  }
}

/**
 * Writes texts of no thing once, by a name that says all that they depend on. Keeps between `most` and twice as many
 * characters of the latest.
 */
export function phrases(most: number): (name: string, write: () => string) => string {
  let young = new Map<string, string>()
  let old = new Map<string, string>()
  let size = 0
  return (name, write) => {
    const known = young.get(name)
    if (known !== undefined) return known
    const text = old.get(name) ?? write()
    const more = name.length + text.length
    if (size + more > most) {
      old = young
      young = new Map()
      size = 0
    }
    if (more <= most) {
      young.set(name, text)
      size += more
    }
    return text
  }
}
