import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import { problemWords } from '@/shared/i18n/problem'
import { t } from '@/shared/i18n/translate'
import type { Open } from './PeopleSourceDialog'
import { isBuiltIn, type PeopleSource, peopleSourcesQuery } from './queries'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  failed: { color: tokens.colorStatusDangerForeground2 },
})

type Props = { source: PeopleSource; open: (what: Open) => void }

/** What can be done with a source of its kind. */
export function PeopleSourceActions({ source, open }: Props) {
  const styles = useStyles()
  if (isBuiltIn(source)) return '–'
  if (source.kind === 'ldap') return <OfLdap source={source} open={open} />
  const [words, what, id]: [string, Open, string] =
    source.kind === 'scim' ? [t('scim.new_token'), { renew: source }, 'scim-renew'] : [t('people.upload'), { upload: source }, 'people-upload']
  return (
    <div className={styles.row}>
      <Button size="small" onClick={() => open(what)} aria-label={`${words}: ${source.name}`} data-testid={id}>
        {words}
      </Button>
    </div>
  )
}

function OfLdap({ source, open }: Props) {
  const styles = useStyles()
  const queries = useQueryClient()
  const importing = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/people-sources/{id}/ldap/imports', { params: { path: { id: source.source_id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: peopleSourcesQuery.queryKey }),
  })
  return (
    <div className={styles.row}>
      <Button size="small" onClick={() => importing.mutate()} disabledFocusable={importing.isPending} aria-label={`${t('ldap.import')}: ${source.name}`} data-testid="ldap-import">
        {t('ldap.import')}
      </Button>
      <Button size="small" onClick={() => open({ ldap: source })} aria-label={`${t('ldap.settings')}: ${source.name}`} data-testid="ldap-settings">
        {t('ldap.settings')}
      </Button>
      {importing.error && (
        <Text size={200} role="alert" className={styles.failed}>
          {problemWords(importing.error)}
        </Text>
      )}
    </div>
  )
}
