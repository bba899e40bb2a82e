import { Layout, type PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'

/** `/api/docs`: the browsable description of the API. Its script and style are served by this site. */
export function ApiDocs({ frame }: { frame: PageContext }) {
  const t = texts(frame.locale)
  return (
    <Layout frame={frame} title={t.apiDocs.title}>
      <h1>{t.apiDocs.title}</h1>
      <p>
        {t.apiDocs.lead} <a href="/api/openapi.json">/api/openapi.json</a>
      </p>
      <link rel="stylesheet" href={frame.asset('swagger-ui.css')} />
      <div id="api-docs" />
      <script src={frame.asset('swagger-ui-bundle.js')} />
      <script src={frame.asset('api-docs.js')} />
    </Layout>
  )
}
