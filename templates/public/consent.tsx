import type { Fault } from '../../src/base/input.ts'
import { faultText, one, type Values } from '../fields.tsx'
import type { PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'

/** The box by which somebody agrees to the use of an address, beside the link to how it is used. */
export function Consent(props: { frame: PageContext; values: Values; error: Fault | undefined; words: string }) {
  const { frame, values, error, words } = props
  const t = texts(frame.locale)
  return (
    <div class="field">
      <label class="choice">
        <input
          id="consent"
          type="checkbox"
          name="consent"
          value="true"
          checked={one(values, 'consent') === 'true'}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? 'consent-error' : undefined}
        />
        <span class="choice-label">{words}</span>
        <span class="need">{t.need}</span>
      </label>
      {error && (
        <p class="err" id="consent-error">
          <span aria-hidden="true">{t.book.mark}</span>
          {faultText(t, 'consent', error)}
        </p>
      )}
      <p class="soft small">
        <a href="/about/privacy">{t.footer.privacy}</a>
      </p>
    </div>
  )
}
