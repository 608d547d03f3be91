import { Api } from './api.ts'
import { type Network, PASSWORD, type Server } from './server.ts'

type Id<K extends string> = Record<K, string>

/** A contact centre with one queue, as an administrator sets it up. */
export type Centre = { admin: Api; queue_id: string; dana_id: string; ben_id: string }

/** Users with licences for all networks, a queue, dispositions and labels; Dana's accounts are connected. */
export async function setUp(server: Server, networks: Network[]): Promise<Centre> {
  const licences = networks.map(({ id }) => id)
  const admin = new Api(server.url)
  await admin.signIn('admin', PASSWORD)
  const { user_id: dana_id } = await addUser(admin, 'dana', 'Dana Whitfield', ['agent'], licences)
  const { user_id: ben_id } = await addUser(admin, 'ben', 'Ben Okoye', ['agent'], licences)
  await addUser(admin, 'sam', 'Sam Rivera', ['supervisor'], [])
  const queue = { name: 'Billing', numbers: ['billing', 'queue'], member_ids: [dana_id], offer_timeout_ms: 20_000, wrap_up_mode: 'mandatory' }
  const { queue_id } = await admin.ask<Id<'queue_id'>>('POST', '/queues', queue)
  for (const name of ['Solved with an expert', 'Solved', 'Call back']) await admin.ask('POST', '/dispositions', { name, queue_ids: [], active: true })
  await admin.ask('PUT', '/settings/attached-data', { keys: LABELS })
  const dana = new Api(server.url)
  await dana.signIn('dana', PASSWORD)
  for (const { id, account } of networks) if (account) await dana.ask('PUT', `/me/networks/${id}`, account)
  return { admin, queue_id, dana_id, ben_id }
}

/** Labels of attached data; the date of birth is private and hidden. */
const LABELS = [
  { key: 'X-Customer-Number', label: 'Customer number', private: false, hidden: false },
  { key: 'X-Case', label: 'Case', private: false, hidden: false },
  { key: 'X-Topic', label: 'Topic', private: false, hidden: false },
  { key: 'X-Date-Of-Birth', label: 'Date of birth', private: true, hidden: false },
]

/** The customer of the story: a direct debit is refused after the bank account changed. */
export const ANNA = {
  name: 'Anna Müller',
  number: '+493055501234',
  headers: [
    ['X-Customer-Number', 'DE-2098113'],
    ['X-Case', 'https://crm.example/cases/48213'],
    ['X-Topic', 'SEPA mandate refused after IBAN change'],
    ['X-Date-Of-Birth', '1984-03-17'],
  ] as [string, string][],
}

/** Another customer. */
export const JAMES = { name: "James O'Neill", number: '+442079460123', headers: [] as [string, string][] }

function addUser(admin: Api, sign_in_name: string, name: string, roles: string[], licences: string[]): Promise<Id<'user_id'>> {
  return admin.ask('POST', '/users', { sign_in_name, name, password: PASSWORD, roles, queue_ids: [], licences })
}
