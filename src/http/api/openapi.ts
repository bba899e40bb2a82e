import * as z from 'zod'
import { AmendInput, BookInput, MoveInput } from '../../booking/input.ts'
import { AskInput } from '../../matching/input.ts'
import { SessionsQuery } from './sessions.ts'
import { BookingShape, ProblemShape, RequestShape, SessionShape, Shown } from './shapes.ts'

type Schema = Record<string, unknown>

/**
 * A schema as OpenAPI 3.1 (JSON Schema 2020-12): as a request sends it (`input`) or an answer returns it (`output`).
 */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema
  return rest
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const json = (description: string, schema: Schema) => ({ description, content: { 'application/json': { schema } } })
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
})

function queryParameters(): Schema[] {
  const { properties = {} } = schemaOf(SessionsQuery, 'input') as { properties?: Record<string, Schema> }
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }))
}

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
const bearer = [{ bearer: [] }]
/** Without a key, or with one. */
const partner = [{}, { partner: [] }]
const unknownKey = { 401: problem('a key that is revoked or unknown') }
const booking = json('the booking', {
  type: 'object',
  properties: { booking: ref('Booking') },
  required: ['booking'],
})
const acting = { required: false, content: { 'application/json': { schema: ref('ActInput') } } }
const holder = { 401: problem('no token, or an unknown one'), 403: problem("another booking's token") }

const request = json('the request', {
  type: 'object',
  properties: { request: ref('Request') },
  required: ['request'],
})
const requester = { 401: problem('no token, or an unknown one'), 403: problem("another request's token") }

/** The description of `/api/v1`, made from the schemas that parse requests and shape answers. */
export function openApi(publicUrl: string): Schema {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Madoguchi 窓口',
      version: '1',
      description: 'Consultation days and seminars of the regional telework support, and booking them.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    paths: {
      '/sessions': {
        get: {
          operationId: 'sessions',
          summary: 'Sessions in date order, undated last',
          description:
            '`from` is today if you leave it out. `next` is the cursor of the following page. A page may be shorter than `limit` and still have one.',
          security: partner,
          parameters: queryParameters(),
          responses: {
            ...unknownKey,
            200: json('sessions', {
              type: 'object',
              properties: { sessions: { type: 'array', items: ref('Session') }, next: { type: ['string', 'null'] } },
              required: ['sessions', 'next'],
            }),
            304: { description: 'unchanged since the ETag given' },
            422: problem('a parameter that cannot be read'),
          },
        },
      },
      '/sessions/{id}': {
        get: {
          operationId: 'session',
          summary: 'One session',
          security: partner,
          parameters: [id],
          responses: { ...unknownKey, 200: json('the session', ref('Session')), 404: problem('no such session') },
        },
      },
      '/bookings': {
        post: {
          operationId: 'book',
          summary: 'Book places in a session, or with `waitlist` wait for them',
          description:
            'The same key and input answer the booking already made, however the session stands by then. With the key of a partner it counts as one that the desk enters: no cap applies, and the session is one of the desk of the key.',
          security: partner,
          parameters: [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: true,
              schema: { type: 'string', minLength: 16, maxLength: 200 },
            },
          ],
          requestBody: { required: true, content: { 'application/json': { schema: ref('BookInput') } } },
          responses: {
            200: { ...booking, description: 'booked before with the same key and input' },
            201: { ...booking, description: 'booked' },
            ...unknownKey,
            403: problem('the key does not book, or not in sessions of this desk'),
            404: problem('no such session'),
            409: problem('refused; `nearest` has open sessions to take instead'),
            413: problem('too large'),
            415: problem('not JSON'),
            422: problem('invalid; `errors` says what is wrong with each field'),
            429: problem(
              'too many requests, or `capped`: as many bookings as one source may make a day; see Retry-After',
            ),
          },
        },
      },
      '/bookings/{id}': {
        get: {
          operationId: 'booking',
          summary: "One's own booking",
          security: bearer,
          parameters: [id],
          responses: { 200: booking, ...holder },
        },
        patch: {
          operationId: 'amend',
          summary: "Change the person, the message, the number of people or the form of one's own booking",
          description: 'Fields that are left out stay. More people and another form need room.',
          security: bearer,
          parameters: [id],
          requestBody: { required: true, content: { 'application/json': { schema: ref('AmendInput') } } },
          responses: {
            200: booking,
            ...holder,
            409: problem('refused: no room, or its time has passed'),
            422: problem('invalid; `errors` says what is wrong with each field'),
          },
        },
      },
      '/bookings/{id}/cancel': {
        post: {
          operationId: 'cancel',
          summary: "Cancel one's own booking; harmless to repeat",
          security: bearer,
          parameters: [id],
          requestBody: acting,
          responses: { 200: booking, ...holder, 409: problem('its time has passed, or `changed`') },
        },
      },
      '/bookings/{id}/accept': {
        post: {
          operationId: 'accept',
          summary: 'Take the place offered; harmless to repeat',
          security: bearer,
          parameters: [id],
          requestBody: acting,
          responses: { 200: booking, ...holder, 409: problem('no offer stands, or `changed`') },
        },
      },
      '/bookings/{id}/decline': {
        post: {
          operationId: 'decline',
          summary: 'Give up the place offered; harmless to repeat',
          security: bearer,
          parameters: [id],
          requestBody: acting,
          responses: { 200: booking, ...holder, 409: problem('no offer stands, or `changed`') },
        },
      },
      '/bookings/{id}/move': {
        post: {
          operationId: 'move',
          summary: 'Move to another slot or session of the same kind; harmless to repeat',
          security: bearer,
          parameters: [id],
          requestBody: { required: true, content: { 'application/json': { schema: ref('MoveInput') } } },
          responses: {
            200: booking,
            ...holder,
            404: problem('no such session'),
            409: problem('refused; `nearest` has open sessions to take instead'),
            422: problem('invalid; `errors` says what is wrong with each field'),
          },
        },
      },
      '/requests': {
        post: {
          operationId: 'ask',
          summary: 'Apply for an expert',
          description:
            'A firm has one open request. If it has one, its link goes to the address on record. The same key and input answer the request already made.',
          security: [],
          parameters: [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: true,
              schema: { type: 'string', minLength: 16, maxLength: 200 },
            },
          ],
          requestBody: { required: true, content: { 'application/json': { schema: ref('AskInput') } } },
          responses: {
            200: { ...request, description: 'made before with the same key and input' },
            201: { ...request, description: 'made' },
            409: problem('refused: `twice`, `used_up` with the visits used, `closed` or `changed`'),
            413: problem('too large'),
            415: problem('not JSON'),
            422: problem('invalid; `errors` says what is wrong with each field'),
            429: problem('too many requests, or `capped`; see Retry-After'),
          },
        },
      },
      '/requests/{id}': {
        get: {
          operationId: 'request',
          summary: "One's own request for an expert",
          security: bearer,
          parameters: [id],
          responses: { 200: request, ...requester },
        },
      },
      '/requests/{id}/withdraw': {
        post: {
          operationId: 'withdraw',
          summary: "Withdraw one's own request; harmless to repeat",
          security: bearer,
          parameters: [id],
          requestBody: acting,
          responses: { 200: request, ...requester, 409: problem('it is over, or `changed`') },
        },
      },
    },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'the token at the end of `manage_url`' },
        partner: {
          type: 'http',
          scheme: 'bearer',
          description: 'the key of a partner, `mk_…`, with the scope `read` or `book`; a desk makes it in the console',
        },
      },
      schemas: {
        Session: schemaOf(SessionShape, 'output'),
        Booking: schemaOf(BookingShape, 'output'),
        BookInput: schemaOf(BookInput.extend({ shown: Shown }), 'input'),
        MoveInput: schemaOf(MoveInput.extend({ shown: Shown }), 'input'),
        ActInput: schemaOf(z.object({ shown: Shown }), 'input'),
        AmendInput: schemaOf(AmendInput.partial().extend({ shown: Shown }), 'input'),
        Request: schemaOf(RequestShape, 'output'),
        AskInput: schemaOf(AskInput, 'input'),
        Problem: schemaOf(ProblemShape, 'output'),
      },
    },
  }
}
