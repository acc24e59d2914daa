package main

import (
	"database/sql"
	"time"
)

type entry struct {
	time                                         int64
	app, launch, worker, patient, route, outcome string
	records                                      int
	done                                         chan error
}

// journal has one writer, which puts all entries that wait into one transaction.
type journal struct {
	db      *sql.DB
	insert  *sql.Stmt
	entries chan *entry
}

// The table and the indexes are those of welkin-worker's journal.
const schema = `
	CREATE TABLE IF NOT EXISTS audit (
		number INTEGER PRIMARY KEY AUTOINCREMENT, time_us BIGINT NOT NULL, account TEXT, app TEXT, launch TEXT,
		worker TEXT, patient TEXT, route TEXT NOT NULL, resource TEXT, record TEXT, records BIGINT,
		outcome TEXT NOT NULL, attempts BIGINT NOT NULL DEFAULT 1, last_us BIGINT);
	CREATE INDEX IF NOT EXISTS audit_time ON audit (time_us);
	CREATE INDEX IF NOT EXISTS audit_worker ON audit (worker, time_us) WHERE worker IS NOT NULL;
	CREATE INDEX IF NOT EXISTS audit_patient ON audit (patient, time_us) WHERE patient IS NOT NULL;
	CREATE INDEX IF NOT EXISTS audit_refused ON audit (launch, time_us) WHERE outcome <> 'ok'`

func openJournal(path string) (*journal, error) {
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=NORMAL&_txlock=immediate&_busy_timeout=5000")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(schema); err != nil {
		return nil, err
	}
	insert, err := db.Prepare(`INSERT INTO audit (time_us, app, launch, worker, patient, route, records, outcome)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return nil, err
	}
	j := &journal{db: db, insert: insert, entries: make(chan *entry, 256)}
	go j.run()
	return j, nil
}

func entryOf(session *sessionClaims, answer *contextAnswer, outcome string) *entry {
	records := len(answer.Numbers) + len(answer.Notes)
	if answer.Patient != nil {
		records++
	}
	return &entry{time.Now().UnixMicro(), session.App, pseudonym(session.Launch), session.Worker, session.Patient,
		"context", outcome, records, make(chan error, 1)}
}

// add returns when the entry is committed.
func (j *journal) add(e *entry) error {
	j.entries <- e
	return <-e.done
}

func (j *journal) run() {
	batch := make([]*entry, 0, 128)
	for first := range j.entries {
		batch = append(batch[:0], first)
	fill:
		for len(batch) < cap(batch) {
			select {
			case next := <-j.entries:
				batch = append(batch, next)
			default:
				break fill
			}
		}
		err := j.commit(batch)
		for _, each := range batch {
			each.done <- err
		}
	}
}

func (j *journal) commit(batch []*entry) error {
	tx, err := j.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert := tx.Stmt(j.insert)
	for _, e := range batch {
		_, err := insert.Exec(e.time, e.app, e.launch, e.worker, e.patient, e.route, e.records, e.outcome)
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}
