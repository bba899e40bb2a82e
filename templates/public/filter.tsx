import { Options, PrefectureOptions } from '../fields.tsx'
import type { PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'
import { ofPage } from '../written.ts'

/** The filter of a list of sessions. The values are those of the query string. */
export type Filter = {
  prefecture?: string | undefined
  kind?: string | undefined
  format?: string | undefined
  status?: string | undefined
  series?: string | undefined
  /** Words of titles, places and desks. */
  q?: string | undefined
}

function Choose(props: { name: string; label: string; all: string; children: unknown }) {
  const id = `filter-${props.name}`
  return (
    <div class="filter-field">
      <label for={id}>{props.label}</label>
      <select id={id} name={props.name}>
        <option value="">{props.all}</option>
        {props.children}
      </select>
    </div>
  )
}

/** The form of the filter, sent by GET. `keep` adds hidden fields; `free` adds the choice of free places, `search` the words. */
export function FilterForm(props: {
  frame: PageContext
  action: string
  filter: Filter
  submit: string
  keep?: Record<string, string>
  free?: boolean
  search?: boolean
  quiet?: boolean
}) {
  const { frame, filter } = props
  const t = texts(frame.locale)
  return (
    <form class="filter" method="get" action={props.action} aria-label={t.filter.label}>
      {Object.entries(props.keep ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Choose name="prefecture" label={t.filter.prefecture} all={t.nationwide}>
        {ofPage(['prefectures', frame.locale, filter.prefecture], () => (
          <PrefectureOptions frame={frame} chosen={filter.prefecture} />
        ))}
      </Choose>
      <Choose name="kind" label={t.filter.kind} all={t.all}>
        <Options names={t.kind} chosen={filter.kind} />
      </Choose>
      <Choose name="format" label={t.filter.format} all={t.all}>
        <Options names={t.format} chosen={filter.format} />
      </Choose>
      {props.search && (
        <div class="filter-field filter-words">
          <label for="filter-q">{t.filter.words}</label>
          <input id="filter-q" name="q" type="search" value={filter.q ?? ''} maxlength={80} />
        </div>
      )}
      {props.free && (
        <label class="filter-free">
          <input type="checkbox" name="status" value="open" checked={filter.status !== undefined} />
          {t.filter.free}
        </label>
      )}
      <button class={props.quiet ? 'btn quiet' : 'btn'} type="submit">
        {props.submit}
      </button>
    </form>
  )
}
