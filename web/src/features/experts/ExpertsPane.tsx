import { makeStyles, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useAct, useSnapshot } from '@/shared/desk/context'
import { expertGroupsQuery, type ExpertGroup } from '@/shared/expert-groups'
import { personKey } from '@/shared/desk/state'
import { t } from '@/shared/i18n/translate'
import { useCurrent } from '@/shared/interaction/current'
import { useKey } from '@/shared/keys/keys'
import type { ConsultView, PersonView } from '@/shared/socket/types'
import { useDraft } from '@/shared/store/drafts'
import { useStore } from '@/shared/store/external'
import { selection, showConsult } from '@/shared/store/selection'
import { AskForm } from './AskForm'
import { useAtBest } from './best'
import { Chat } from './Chat'
import { Chips } from './Chips'
import { useFavourites } from './favourites'
import { firstMark, groupsFor, memberView } from './groups'
import { useMark } from './marked'
import { useHelped } from './Helped'
import { HuntForm } from './HuntForm'
import { canAsk, recentPeople } from './people'
import { NetworkTrouble } from './NetworkTrouble'
import { NotLicensed, useIsLicensed } from './NotLicensed'
import { Results } from './Results'
import { SearchField } from './SearchField'
import { SkillChips } from './SkillChips'
import { Suggestions } from './Suggestions'
import { ticked } from './ticked'
import { TickedBar } from './TickedBar'
import { useExpertSearch } from './useExpertSearch'
import { useWatch } from './useWatch'

const useStyles = makeStyles({
  pane: { height: '100%', display: 'flex', flexDirection: 'column', minHeight: 0 },
  below: { flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
})

/** Experts, for who has a licence; without one, why there are none and the chats that there were. */
export function ExpertsPane({ startInSearch = false }) {
  return useIsLicensed() ? <Asking startInSearch={startInSearch} /> : <Reading />
}

function Reading() {
  const styles = useStyles()
  const current = useCurrent()
  const consult = useShownConsult()
  useSelectionThatExists()
  return (
    <div className={styles.pane}>
      <NotLicensed />
      <Chips interaction_id={current?.interaction_id ?? null} />
      {consult && (
        <div className={styles.below}>
          <Chat key={consult.consult_id} consult={consult} search={() => undefined} />
        </div>
      )}
    </div>
  )
}

/** Search, chips, and below them the chat, the question or suggestions. */
function Asking({ startInSearch }: { startInSearch: boolean }) {
  const styles = useStyles()
  const { text, setText, skills, setSkills, clear } = useWanted()
  const input = useSearchKey()
  // Enter pressed before the results were there: the first of them is meant.
  const enterWaits = useRef(false)
  const choose = useChoose(clear)
  const chooseGroup = useChooseGroup(clear)
  const groups = groupsFor(text, useQuery(expertGroupsQuery).data ?? [])
  const hasTicks = useStore(ticked, (people) => people.length > 0)
  const askTicked = useAskTicked(clear)
  const choosingHow = useStore(selection, (shown) => shown.kind === 'hunt')
  const { found, busy, more } = useExpertSearch(text, skills, ({ people }) => {
    if (enterWaits.current) {
      const at = firstMark(text, people.length, groups)
      const [person, group] = [at === 0 ? people.find(canAsk) : people[at], groups[at - people.length]]
      if (person) (hasTicks ? askTicked : choose)(person)
      else if (group) chooseGroup(group)
    }
    enterWaits.current = false
  })
  const current = useCurrent()
  const people = useAtBest(found?.people ?? [])
  // New results start at the first person who can be asked, or at the group that is named in full.
  const first = firstMark(text, people.length, groups) || Math.max(0, people.findIndex(canAsk))
  const { marked, setMarked, unmark } = useMark(found?.text, people.length, first)
  const searching = text.trim() !== '' || skills.length > 0
  const narrow = (to: string[]) => {
    setSkills(to)
    unmark()
  }
  useVisiblePresence(searching ? people : [])
  useSelectionThatExists()
  return (
    <div className={styles.pane}>
      <SearchField
        inputRef={input}
        startHere={startInSearch}
        text={text}
        setText={(typed) => {
          enterWaits.current = false
          setText(typed)
        }}
        enterEarly={() => (enterWaits.current = true)}
        found={searching && found ? { ...found, people } : null}
        groups={groups}
        marked={marked}
        setMarked={setMarked}
        choose={hasTicks ? askTicked : choose}
        chooseGroup={chooseGroup}
        busy={busy}
      />
      {searching && <SkillChips people={people} chosen={skills} choose={narrow} />}
      <NetworkTrouble />
      {(searching || !choosingHow) && <TickedBar ask={askTicked} />}
      {searching ? (
        <Results found={found && { ...found, people }} busy={busy} groups={groups} marked={marked} choose={choose} chooseGroup={chooseGroup} more={more} />
      ) : (
        <>
          <Chips interaction_id={current?.interaction_id ?? null} />
          <div className={styles.below}>
            <Below choose={choose} chooseGroup={chooseGroup} search={() => input.current?.focus()} />
          </div>
        </>
      )}
    </div>
  )
}

/** What is searched for; the text outlives the page. */
function useWanted() {
  const user_id = useSnapshot((snapshot) => snapshot.me.user_id)
  const [text, setText] = useDraft(`search.${user_id}`)
  const [skills, setSkills] = useState<string[]>([])
  const clear = () => {
    setText('')
    setSkills([])
  }
  return { text, setText, skills, setSkills, clear }
}

/** The search field, to which the slash leads. */
function useSearchKey() {
  const input = useRef<HTMLInputElement>(null)
  useKey('/', () => {
    input.current?.focus()
    input.current?.select()
  })
  return input
}

type BelowProps = { choose: (person: PersonView) => void; chooseGroup: (group: ExpertGroup) => void; search: () => void }

function Below({ choose, chooseGroup, search }: BelowProps) {
  const shown = useStore(selection)
  const consults = useSnapshot((snapshot) => snapshot.consults)
  const consultOf = (consult_id: string | null) => consults.find((one) => one.consult_id === consult_id) ?? null
  if (shown.kind === 'ask') return <AskForm asked={shown.person} chosen={shown.chosen ?? false} consult={consultOf(shown.consult_id)} />
  if (shown.kind === 'hunt') return <HuntForm key={shown.group?.group_id} people={shown.people} consult={consultOf(shown.consult_id)} group={shown.group} />
  const consult = shown.kind === 'consult' ? consultOf(shown.consult_id) : null
  if (consult) return <Chat key={consult.consult_id} consult={consult} search={search} />
  return <Suggestions choose={choose} chooseGroup={chooseGroup} hint={shown.kind === 'choose' ? t('experts.choose_next') : null} />
}

function useShownConsult(): ConsultView | null {
  const shown = useStore(selection)
  const consults = useSnapshot((snapshot) => snapshot.consults)
  return consults.find((one) => shown.kind === 'consult' && one.consult_id === shown.consult_id) ?? null
}

/** Opens the question for a person: in the shown consult when that waits for its next expert, else a new one. */
function useChoose(clear: () => void): (person: PersonView) => void {
  const consults = useSnapshot((snapshot) => snapshot.consults)
  const act = useAct()
  return (person) => {
    if (!canAsk(person)) return
    const shown = selection.current()
    const hunting = consults.find((one) => shown.kind === 'choose' && one.consult_id === shown.consult_id && one.hunt?.end === null)
    if (hunting) {
      void act('consult.hunt_add', { consult_id: hunting.consult_id, person: person.person })
      showConsult(hunting.consult_id)
    } else {
      selection.set({ kind: 'ask', person, consult_id: openConsult(consults) })
    }
    clear()
  }
}

/** Opens the question for the members of a group; where a hunt is on they are added to it. */
function useChooseGroup(clear: () => void): (group: ExpertGroup) => void {
  const consults = useSnapshot((snapshot) => snapshot.consults)
  const act = useAct()
  return ({ group_id, name, mode, within_ms, members }) => {
    const people = members.map(memberView)
    const shown = selection.current()
    const hunting = consults.find((one) => shown.kind === 'choose' && one.consult_id === shown.consult_id && one.hunt?.end === null)
    if (hunting) {
      const waiting = new Set(hunting.hunt?.waiting.map((one) => personKey(one.person)))
      const more = people.filter((one) => !waiting.has(personKey(one.person)))
      for (const { person } of more) void act('consult.hunt_add', { consult_id: hunting.consult_id, person })
      showConsult(hunting.consult_id)
    } else {
      ticked.set(people)
      selection.set({ kind: 'hunt', people, consult_id: openConsult(consults), group: { group_id, name, mode, within_ms } })
    }
    clear()
  }
}

/** Opens the question for all who are ticked. */
function useAskTicked(clear: () => void): () => void {
  const consults = useSnapshot((snapshot) => snapshot.consults)
  return () => {
    selection.set({ kind: 'hunt', people: ticked.current(), consult_id: openConsult(consults) })
    clear()
  }
}

/** The shown consult, if it waits for its next expert. */
function openConsult(consults: ConsultView[]): string | null {
  const shown = selection.current()
  const shownId = shown.kind === 'nothing' ? null : shown.consult_id
  return consults.find((one) => one.consult_id === shownId && one.state === 'choosing')?.consult_id ?? null
}

function useVisiblePresence(found: PersonView[]): void {
  const user_id = useSnapshot((snapshot) => snapshot.me.user_id)
  const consults = useSnapshot((snapshot) => snapshot.consults)
  const recent = useStore(recentPeople, (all) => all[user_id])
  const chosen = useStore(ticked)
  const shown = useStore(selection)
  const helped = useHelped()
  const favourites = useFavourites().data
  const people = useMemo(() => {
    const asked = consults.flatMap((one) => one.invitations.map((invitation) => invitation.person))
    const hunted = consults.flatMap((one) => one.hunt?.waiting ?? [])
    const asking = shown.kind === 'ask' ? [shown.person] : []
    return [...asking, ...asked, ...hunted, ...chosen, ...found, ...helped.map((one) => one.person), ...(favourites ?? []).map((one) => one.person), ...(recent ?? [])]
  }, [consults, chosen, shown, found, helped, favourites, recent])
  useWatch(people)
}

/** A consult that has closed is not shown any longer; with nothing shown, the newest consult is. */
function useSelectionThatExists(): void {
  const shown = useStore(selection)
  const consults = useSnapshot((snapshot) => snapshot.consults)
  useEffect(() => {
    const id = shown.kind === 'nothing' ? null : shown.consult_id
    const exists = consults.some((one) => one.consult_id === id)
    if (exists || shown.kind === 'ask' || shown.kind === 'hunt') return
    const answered = consults.filter((one) => one.state !== 'ringing')
    const newest = answered.filter((one) => one.state !== 'ended').at(-1) ?? answered.at(-1)
    if (newest) selection.set({ kind: 'consult', consult_id: newest.consult_id })
    else if (shown.kind !== 'nothing') selection.set({ kind: 'nothing' })
  }, [shown, consults])
}
