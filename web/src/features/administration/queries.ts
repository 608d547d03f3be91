import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'

export type PeopleSource = components['schemas']['PeopleSourceView']
export type PeopleImport = components['schemas']['PeopleImportView']
export type LdapSettings = components['schemas']['LdapSettings']
export type LdapSource = components['schemas']['LdapSourceView']
export type LdapTrialBody = components['schemas']['LdapTrial']
export type LdapTrialResult = components['schemas']['LdapTrialView']
export type ScimSource = components['schemas']['ScimSourceView']
export type NicknamesPage = components['schemas']['NicknamesPage']
export type NicknamesOfName = components['schemas']['NicknamesOfName']
export type ScimNetwork = components['schemas']['ScimNetwork']

export const usersQuery = queryOptions({ queryKey: ['users'], queryFn: () => ask(api.GET('/api/v1/users')) })
export const queuesQuery = queryOptions({ queryKey: ['queues'], queryFn: () => ask(api.GET('/api/v1/queues')) })
export const dispositionsQuery = queryOptions({ queryKey: ['dispositions'], queryFn: () => ask(api.GET('/api/v1/dispositions')) })
export const networksQuery = queryOptions({ queryKey: ['networks'], queryFn: () => ask(api.GET('/api/v1/networks')) })
export const attachedDataQuery = queryOptions({
  queryKey: ['attached-data'],
  queryFn: () => ask(api.GET('/api/v1/settings/attached-data')),
})
export const abilitiesQuery = queryOptions({ queryKey: ['abilities'], queryFn: () => ask(api.GET('/api/v1/abilities')) })
export const demandRulesQuery = queryOptions({
  queryKey: ['demand-rules'],
  queryFn: () => ask(api.GET('/api/v1/settings/demand-rules')),
})

/** What a user can do; read anew for every form. */
export const userAbilitiesQuery = (id: string) =>
  queryOptions({
    queryKey: ['user-abilities', id],
    queryFn: () => ask(api.GET('/api/v1/users/{id}/abilities', { params: { path: { id } } })),
    gcTime: 0,
  })

/** How a queue chooses; read anew for every form. */
export const queueRoutingQuery = (id: string) =>
  queryOptions({
    queryKey: ['queue-routing', id],
    queryFn: () => ask(api.GET('/api/v1/queues/{id}/routing', { params: { path: { id } } })),
    gcTime: 0,
  })

/** What experts tell of themselves: it can be switched off, and nothing else. */
export const isBuiltIn = (source: PeopleSource) => source.kind === 'experts'

/** Sources of people; looked at again while an import runs. */
export const peopleSourcesQuery = queryOptions({
  queryKey: ['people-sources'],
  queryFn: () => ask(api.GET('/api/v1/people-sources')),
  refetchInterval: ({ state }) => (state.data?.some((source) => source.last_import?.state === 'running') ? 1_000 : false),
})

export const nicknamesQuery = queryOptions({ queryKey: ['nicknames'], queryFn: () => ask(api.GET('/api/v1/nicknames')) })

/** What is set for an LDAP directory; read anew for every form. */
export const ldapSourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['ldap-source', id],
    queryFn: () => ask(api.GET('/api/v1/people-sources/{id}/ldap', { params: { path: { id } } })),
    gcTime: 0,
  })

/** Who was not taken in an import. */
export const refusedPeopleQuery = (id: string) =>
  queryOptions({
    queryKey: ['refused-people', id],
    queryFn: () => ask(api.GET('/api/v1/people-imports/{id}/refused', { params: { path: { id } } })),
  })
