import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '@/api/client'

export const usersQuery = queryOptions({ queryKey: ['users'], queryFn: () => ask(api.GET('/api/v1/users')) })
export const queuesQuery = queryOptions({ queryKey: ['queues'], queryFn: () => ask(api.GET('/api/v1/queues')) })
export const dispositionsQuery = queryOptions({ queryKey: ['dispositions'], queryFn: () => ask(api.GET('/api/v1/dispositions')) })
export const networksQuery = queryOptions({ queryKey: ['networks'], queryFn: () => ask(api.GET('/api/v1/networks')) })
export const attachedDataQuery = queryOptions({
  queryKey: ['attached-data'],
  queryFn: () => ask(api.GET('/api/v1/settings/attached-data')),
})
