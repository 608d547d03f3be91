import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '@/api/client'
import { CompanyReturn } from './CompanyReturn'
import { whenCompanySignInOver } from './companyWindow'

const server = vi.hoisted(() => ({ sent: [] as unknown[], refuses: null as Error | null }))

vi.mock('@/api/client', async (original) => ({
  ...(await original<object>()),
  api: { POST: (url: string, { body }: { body: unknown }) => server.sent.push({ url, body }) },
  ask: (answer: unknown) => (server.refuses === null ? Promise.resolve(answer) : Promise.reject(server.refuses)),
}))

function arrive(query: string): void {
  window.history.replaceState(null, '', `/network-sign-in${query}`)
  render(
    <QueryClientProvider client={new QueryClient()}>
      <CompanyReturn />
    </QueryClientProvider>,
  )
}

beforeEach(() => {
  Object.assign(server, { sent: [], refuses: null })
  vi.spyOn(window, 'close').mockImplementation(() => undefined)
})

afterEach(() => {
  vi.restoreAllMocks()
})

describe('CompanyReturn', () => {
  it('hands the code over once, and leaves it neither in the address nor in the history', async () => {
    const over = vi.fn()
    const stop = whenCompanySignInOver(over)
    arrive('?code=THE-CODE&state=THE-STATE')
    expect(window.location.href).not.toContain('CODE')
    await screen.findByText(/This window can be closed/)
    expect(server.sent).toEqual([{ url: '/api/v1/me/authorisation', body: { state: 'THE-STATE', code: 'THE-CODE' } }])
    expect(window.close).toHaveBeenCalled()
    await vi.waitFor(() => expect(over).toHaveBeenCalledTimes(1))
    stop()
  })

  it('says what the company said, and asks the server nothing', async () => {
    arrive('?error=access_denied&error_description=Not+today&state=x')
    await screen.findByText('access_denied Not today')
    expect(server.sent).toEqual([])
    expect(window.close).not.toHaveBeenCalled()
  })

  it('says when the sign-in belongs to another session', async () => {
    server.refuses = new ApiProblem({ code: 'unknown_authorisation', status: 409, title: 'x', detail: 'y' })
    arrive('?code=c&state=s')
    await screen.findByText(/begun in another session/)
  })
})
