import type { LetterSection, LetterView } from './booking-letter.ts'

const BODY =
  'margin:0;padding:16px;background:#ffffff;color:#1a1a1c;font-family:"Noto Sans JP","Hiragino Sans",Meiryo,sans-serif;font-size:16px;line-height:1.7'
const CELL = 'padding:8px 12px 8px 0;border-bottom:1px solid #d8d8db;text-align:left;vertical-align:top'
const LINK = 'color:#0017c1;text-decoration:underline'

/** The Content-ID of the logo within a letter (RFC 2392). */
export const LOGO = 'logo@madoguchi'

const Lines = ({ lines }: { lines: string[] }) => (
  <>
    {lines.map((line, i) => (
      <>
        {i > 0 && <br />}
        {line}
      </>
    ))}
  </>
)

const Section = ({ section }: { section: LetterSection }) => (
  <section>
    <h2 style="margin:32px 0 8px;font-size:18px;line-height:1.5">{section.title}</h2>
    <p style="margin:0 0 8px">
      <Lines lines={section.lines} />
    </p>
    {section.links.map((link) => (
      <p style="margin:0 0 8px">
        <a href={link.url} style={LINK}>
          {link.label}
        </a>
      </p>
    ))}
  </section>
)

function Document({ view }: { view: LetterView }) {
  const addressed = [view.company, view.dear].filter((line) => line !== '')
  return (
    <html lang={view.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{view.subject}</title>
      </head>
      <body style={BODY}>
        <main style="max-width:640px;margin:0 auto">
          {view.logo != null && (
            <p style="margin:0 0 16px">
              <img src={`cid:${LOGO}`} alt={view.logo} style="max-width:280px;max-height:80px;width:auto;height:auto" />
            </p>
          )}
          <h1 style="margin:0 0 16px;font-size:22px;line-height:1.5">{view.heading}</h1>
          {addressed.length > 0 && (
            <p style="margin:0 0 16px">
              {addressed.map((line, i) => (
                <>
                  {i > 0 && <br />}
                  <bdi>{line}</bdi>
                </>
              ))}
            </p>
          )}
          <p style="margin:0 0 16px">
            <Lines lines={view.opening} />
          </p>
          {view.facts.length > 0 && (
            <table style="width:100%;border-collapse:collapse;border-top:1px solid #d8d8db">
              {view.facts.map(({ label, value }) => (
                <tr>
                  <th scope="row" style={`${CELL};width:9em;font-weight:bold`}>
                    {label}
                  </th>
                  <td style={CELL}>{value}</td>
                </tr>
              ))}
            </table>
          )}
          {view.sections.map((section) => (
            <Section section={section} />
          ))}
          <p style="margin:32px 0 16px;padding-top:16px;border-top:1px solid #d8d8db">
            <Lines lines={view.signature} />
          </p>
          <p style="margin:0;color:#4d4d4d;font-size:14px">{view.footnote}</p>
        </main>
      </body>
    </html>
  )
}

/** The HTML part of a letter, without scripts. Its only image is the logo that it carries. Styles are inline, as mail programs need them. */
export function letterHtml(view: LetterView): string {
  return `<!doctype html>${(<Document view={view} />).toString()}`
}
