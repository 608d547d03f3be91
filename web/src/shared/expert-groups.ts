import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'

export type ExpertGroup = components['schemas']['ExpertGroup']
export type ExpertGroupMember = components['schemas']['ExpertGroupMember']

/** Groups of experts, by name. */
export const expertGroupsQuery = queryOptions({
  queryKey: ['expert-groups'],
  queryFn: () => ask(api.GET('/api/v1/expert-groups')),
  staleTime: 30_000,
})
