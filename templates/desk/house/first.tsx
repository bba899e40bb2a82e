import type { Faults } from '../../../src/base/input.ts'
import { ErrorSummary, Meant, one, TextField, type Values } from '../../fields.tsx'
import { Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { Console } from '../console.tsx'

/** The form that makes the first account. `over`: its link does not work any more. */
export function FirstPage(props: { frame: PageContext; token: string; over: boolean; values: Values; errors: Faults }) {
  const { frame, token, over, values, errors } = props
  const t = deskTexts(frame.locale).first
  return (
    <Console frame={frame} staff={null} title={t.title}>
      <h1>{t.title}</h1>
      {over ? (
        <Notice what={t.over} tone="stop" alert>
          <p>
            <a class="btn" href="/desk/sign-in">
              {t.signIn}
            </a>
          </p>
        </Notice>
      ) : (
        <>
          <p class="lead">{t.lead}</p>
          <ErrorSummary frame={frame} errors={errors} fields={['name', 'email']} labels={t.labels} />
          <form class="card narrow" action={`/desk/first/${token}`} method="post" novalidate>
            <Meant frame={frame} values={values} />
            <TextField
              frame={frame}
              name="name"
              autocomplete="name"
              label={t.labels.name}
              required
              value={one(values, 'name')}
              error={errors.name}
            />
            <TextField
              frame={frame}
              name="email"
              type="email"
              autocomplete="email"
              label={t.labels.email}
              help={t.help}
              required
              value={one(values, 'email')}
              error={errors.email}
            />
            <p class="after">
              <button class="btn" type="submit">
                {t.make}
              </button>
            </p>
          </form>
        </>
      )}
    </Console>
  )
}
