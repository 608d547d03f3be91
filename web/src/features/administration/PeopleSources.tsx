import { Text } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount, t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { Listing } from './Listing'
import { PeopleImportState } from './PeopleImportState'
import { PeopleSourceActions } from './PeopleSourceActions'
import { type Open, PeopleSourceDialog } from './PeopleSourceDialog'
import { isBuiltIn, peopleSourcesQuery } from './queries'

/** Where the people of the directory are known from, and how the last import of each went. */
export function PeopleSources() {
  const sources = useQuery(peopleSourcesQuery)
  const [open, setOpen] = useState<Open>(null)
  return (
    <>
      <Text>{t('people.more')}</Text>
      <Listing
        label={t('admin.directory')}
        query={sources}
        id={(source) => source.source_id}
        columns={[t('people.place'), t('admin.name'), t('admin.kind'), t('admin.active'), t('people.count'), t('people.last_import'), t('people.settings')]}
        cells={(source) => [
          isBuiltIn(source) ? '–' : formatCount(source.place),
          isBuiltIn(source) ? t('people.kind.experts') : source.name,
          codeWords('people.kind', source.kind),
          t(source.active ? 'yes' : 'no'),
          formatCount(source.people_count),
          <PeopleImportState key="state" source={source} showRefused={(refused) => setOpen({ refused })} />,
          <PeopleSourceActions key="actions" source={source} open={setOpen} />,
        ]}
        edit={(source) => setOpen({ form: source })}
        add={{ words: t('people.add'), open: () => setOpen('new') }}
        empty={t('people.empty')}
      />
      <PeopleSourceDialog open={open} show={setOpen} />
    </>
  )
}
