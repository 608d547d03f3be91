import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import { t } from '@/shared/i18n/translate'
import { Folded } from '@/shared/ui/folded'
import { Failed, Loading } from '@/shared/ui/states'
import { isComplete, type NicknameDraft, shown, stored } from './nicknameDrafts'
import { NicknameRow } from './NicknameRow'
import { type NicknamesPage, nicknamesQuery } from './queries'
import { RowsEditor } from './RowsEditor'

const useStyles = makeStyles({
  title: { margin: `${tokens.spacingVerticalL} 0 0` },
  list: { columns: '260px', margin: 0, paddingLeft: tokens.spacingHorizontalL },
})

const BLANK: NicknameDraft = { name: '', nicknames: '' }

/** Which short forms stand for which names: the administrator's own, beside those that come along. */
export function Nicknames() {
  const styles = useStyles()
  const nicknames = useQuery(nicknamesQuery)
  return (
    <>
      <Subtitle2 as="h2" className={styles.title}>
        {t('nicknames.title')}
      </Subtitle2>
      {nicknames.isPending && <Loading />}
      {nicknames.isError && <Failed words={t('admin.failed')} retry={() => void nicknames.refetch()} />}
      {nicknames.isSuccess && <Table key={JSON.stringify(nicknames.data.names)} page={nicknames.data} />}
    </>
  )
}

function Table({ page }: { page: NicknamesPage }) {
  const styles = useStyles()
  const { revision } = page
  return (
    <>
      <RowsEditor
        label={t('nicknames.title')}
        more={t('nicknames.more')}
        empty={t('nicknames.empty')}
        columns={[t('admin.name'), t('nicknames.of_name'), t('admin.remove')]}
        saved={page.names.map(shown)}
        blank={BLANK}
        add={t('nicknames.add')}
        isComplete={isComplete}
        save={(drafts) => ask(api.PUT('/api/v1/nicknames', { body: { revision, names: drafts.map(stored) } }))}
        queryKey={nicknamesQuery.queryKey}
        row={(row) => <NicknameRow key={row.number} {...row} />}
        testId="nickname"
      />
      <Folded title={t('nicknames.built_in', { count: page.built_in.length })} testId="nicknames-built-in">
        <ul className={styles.list}>
          {page.built_in.map(({ name, nicknames }, index) => (
            <li key={index}>
              <Text size={200}>
                {name}: {nicknames.join(', ')}
              </Text>
            </li>
          ))}
        </ul>
      </Folded>
    </>
  )
}
