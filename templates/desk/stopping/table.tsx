import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'

const WAYS = ['skip', 'call-off', 'postpone', 'suspend'] as const

/**
 * What skipping, calling off, postponing and suspending do, side by side. `here`: the one that is chosen on this page.
 * Beside a form it is open.
 */
export function Stopping(props: { frame: PageContext; here?: (typeof WAYS)[number]; open?: boolean }) {
  const { frame, here, open = false } = props
  const t = deskTexts(frame.locale).stopping
  const { word, ...columns } = t.columns
  return (
    <details class="card stopping" open={open}>
      <summary>{t.title}</summary>
      <table class="list">
        <thead>
          <tr>
            {Object.values(t.columns).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WAYS.map((way) => (
            <tr class={way === here ? 'here' : undefined}>
              <th scope="row" data-label={word}>
                {t.ways[way].word} {way === here && <span class="pill">{t.here}</span>}
              </th>
              {(Object.keys(columns) as (keyof typeof columns)[]).map((column) => (
                <td data-label={columns[column]}>{t.ways[way][column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
