/*
 * The log, the lease, the commit and the clean-up of one view, as dev.geneva.internal.log, commit, clean and
 * refresh have them. README.md says how to check it, and what it leaves out.
 *
 * N owners run at once, each on a host of its own, so that only silence tells death. A pause is an owner that
 * isn't scheduled: others take over whenever they like, as if the lease were always over. Every atomic block is
 * one call of the storage, or several of which nobody can tell the order.
 *
 * An owner stages one file, or adopts the one that it finds in the log, commits, and cleans up; or it only cleans
 * up, of unfinished work, too. Owners with an odd number refresh from another source, and adopt nothing of the
 * others. When all have ended or are dead, one more refresh runs.
 */
#ifndef N
#define N 2
#endif
#ifndef DEATHS
#define DEATHS 1
#endif
#define FILES (N + 1)      /* file i is the one that owner i stages */
#define LOG (8 * FILES + FILES * FILES)
#define NONE FILES         /* no file */

mtype = { acquired, adopted, done, intent, committing, committed, cleaned, failed };

typedef Record { mtype kind; byte by; byte file; byte aim }
Record log[LOG];           /* from 1 on; each is written once */
byte last;                 /* the last number that is taken */

byte generation;           /* of the view */
byte view = NONE;          /* the file that it names */
bool there[FILES + 1];
bool doomed[FILES + 1];      /* there is an intent to delete it */
byte commits[FILES + 1];   /* for each generation */
byte deaths = DEATHS;
byte ended;

/* Broken variants, to see that the properties catch them. */
#ifdef DELETE_EARLY
#define settled true
#else
#define settled (reach <= generation)  /* whoever may live aims at a generation that has been reached */
#endif
#ifdef BLIND_COMMIT
#define unchanged true
#else
#define unchanged (generation == base)
#endif
#ifdef PUT_OVERWRITES
#define isFree true
#else
#define isFree (log[next].kind == 0)
#endif

/* Puts a record at the owner's next number if it is free. Who finds it taken stops, and deletes nothing. */
inline append(k, f) {
  if
  :: atomic {
       isFree ->
       log[next].kind = k; log[next].by = me; log[next].file = f; log[next].aim = aim;
       if
       :: next > last -> last = next
       :: else
       fi;
       if
       :: k == intent -> doomed[f] = true
       :: k == adopted -> assert(!doomed[f])   /* nothing with an intent is adopted */
       :: else
       fi;
       next++
     }
  :: atomic { !isFree -> goto end }
  :: atomic { deaths > 0 -> deaths--; goto end }
  fi
}

/* Reads the end of the log: what may be adopted, and what those aim at who haven't ended. */
inline readTail() {
  next = last + 1; from = NONE; reach = 0; i = last;
  do
  :: i == 0 || log[i].kind == committed -> break
  :: i > 0 && log[i].kind == acquired ->
     over = false; j = i + 1;
     do
     :: j > last -> break
     :: j <= last && log[j].by == log[i].by && (log[j].kind == failed || log[j].kind == cleaned) ->
        over = true; break
     :: else -> j++
     od;
     if
     :: !over && log[i].aim > reach -> reach = log[i].aim
     :: else
     fi;
     i--
  :: i > 0 && log[i].kind == done ->
     if
     :: ((log[i].by ^ me) & 1) == 0 && !doomed[log[i].file] -> from = log[i].file
     :: else
     fi;
     i--
  :: else -> i--
  od;
  i = 0; j = 0
}

proctype Owner(byte me; bool mayOnlyClean) {
  byte next, aim, base, from, reach, mine, f, i, j;
  bool over, lost;

  atomic { readTail() }
  atomic {
    base = generation;
    if
    :: aim = generation + 1
    :: mayOnlyClean -> aim = 0
    fi
  }
  append(acquired, NONE);
  if
  :: aim == 0 -> goto cleaning
  :: else
  fi;

  if
  :: there[from] ->                            /* looked at before it is relied on */
     mine = from;
     append(adopted, mine)
  :: else ->
     mine = me;
     there[me] = true;
     append(done, me)
  fi;
  append(committing, mine);
  atomic {
    if
    :: unchanged ->
       generation = aim; view = mine; commits[aim]++;
       assert(commits[aim] == 1);              /* one commit for each generation */
       assert(there[mine] && !doomed[mine])    /* of a file that is there, and will be */
    :: else -> lost = true
    fi
  }
  if
  :: lost -> append(failed, NONE); goto end
  :: else
  fi;
  append(committed, mine);

cleaning:
  do
  :: f == FILES -> break
  :: f < FILES ->
     atomic { over = there[f] && f != view && settled }
     if
     :: over ->
#ifndef DELETE_UNSAID
        append(intent, f);
#endif
        atomic {
          assert(f != view);                   /* nobody deletes what the view names */
          there[f] = false
        }
     :: else
     fi;
     f++
  od;
  append(cleaned, NONE);
end:
  ended++
}

init {
  atomic {
    byte o;
    for (o : 0 .. N - 1) { run Owner(o, true) }
  }
  ended == N;
  assert(view == NONE || there[view]);
  atomic { deaths = 0; run Owner(N, false) }
  ended == N + 1;
  assert(view != NONE && there[view]);
  byte file;
  for (file : 0 .. N) {
    assert(!there[file] || file == view)       /* nothing is left but the view's own */
  }
}
