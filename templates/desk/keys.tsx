import type { PageContext } from '../layout.tsx'

/** The attributes of what a single key opens. None in a browser that does without such keys (WCAG 2.1.4). */
export function keyed({ keys = true }: Pick<PageContext, 'keys'>, key: string) {
  return keys ? { 'data-key': key, 'aria-keyshortcuts': key } : {}
}

/** The key at the end of a button, for people who see it. */
export function Key({ frame: { keys = true }, name }: { frame: Pick<PageContext, 'keys'>; name: string }) {
  return keys ? (
    <span class="shortcut" aria-hidden="true">
      ({name})
    </span>
  ) : null
}
