package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"runtime"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

// replica reads with prepared statements, which database/sql prepares once on each connection.
type replica struct {
	db                                             *sql.DB
	id                                             string
	version, asOf, worker, patient, numbers, notes *sql.Stmt
}

type person struct {
	ID        string  `json:"id"`
	FirstName *string `json:"first_name"`
	LastName  *string `json:"last_name"`
}

type patientAnswer struct {
	person
	Birthday *string `json:"birthday"`
	City     *string `json:"city"`
}

type numberAnswer struct {
	ID           string  `json:"id"`
	PhoneNumber  *string `json:"phone_number"`
	Type         *string `json:"phone_number_type"`
	FriendlyName *string `json:"friendly_name"`
}

type noteAnswer struct {
	ID        string  `json:"id"`
	Text      *string `json:"text"`
	Author    *string `json:"author"`
	CreatedAt *int64  `json:"created_at"`
}

type contextAnswer struct {
	Version    string         `json:"version"`
	AsOf       *int64         `json:"as_of"`
	StaleAfter int64          `json:"stale_after"`
	Patient    *patientAnswer `json:"patient"`
	Numbers    []numberAnswer `json:"phone_numbers"`
	Notes      []noteAnswer   `json:"notes"`
	Worker     *person        `json:"worker"`
	Writable   []string       `json:"writable"`
}

func openReplica(path string) (*replica, error) {
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro&_query_only=1&_cache_size=-8192&_mutex=no")
	if err != nil {
		return nil, err
	}
	// As many as can read at once, and all of them kept.
	db.SetMaxOpenConns(2 * runtime.NumCPU())
	db.SetMaxIdleConns(2 * runtime.NumCPU())
	r := &replica{db: db}
	if err := db.QueryRow("SELECT value FROM welkin_meta WHERE name = 'id'").Scan(&r.id); err != nil {
		return nil, err
	}
	for _, each := range []struct {
		statement **sql.Stmt
		text      string
	}{
		{&r.version, "SELECT max(number) FROM welkin_changes"},
		{&r.asOf, `SELECT CASE WHEN count(*) = count(last_success_us) THEN min(last_success_us) END
			FROM welkin_streams LEFT JOIN welkin_runs USING (resource, filter)
			WHERE resource IN ('patients', 'phone_numbers', 'custom_data_type_records')`},
		{&r.worker, `SELECT id, first_name, last_name, active IS NOT 0 FROM workers
			WHERE id = ? AND deleted_at IS NULL`},
		{&r.patient, `SELECT id, first_name, last_name, birthday, city FROM patients
			WHERE id = ? AND deleted_at IS NULL`},
		{&r.numbers, `SELECT id, phone_number, phone_number_type, friendly_name FROM phone_numbers
			WHERE patient_id = ? AND deleted_at IS NULL ORDER BY created_at, id`},
		{&r.notes, `SELECT id, body, created_at FROM custom_data_type_records
			WHERE patient_id = ? AND type_name = ? AND deleted_at IS NULL ORDER BY created_at DESC, id LIMIT 5`},
	} {
		if *each.statement, err = db.Prepare(each.text); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// context reads everything in one transaction; active is false for a worker who was deactivated.
func (r *replica) context(ctx context.Context, session *sessionClaims) (*contextAnswer, bool, error) {
	tx, err := r.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, false, err
	}
	defer tx.Rollback()
	answer := &contextAnswer{StaleAfter: 900, Numbers: []numberAnswer{}, Notes: []noteAnswer{}, Writable: []string{}}
	var number int64
	if err := tx.Stmt(r.version).QueryRow().Scan(&number); err != nil {
		return nil, false, err
	}
	answer.Version = fmt.Sprintf("%s.%d", r.id, number)
	var asOf sql.NullInt64
	if err := tx.Stmt(r.asOf).QueryRow().Scan(&asOf); err != nil {
		return nil, false, err
	}
	if asOf.Valid {
		seconds := asOf.Int64 / 1_000_000
		answer.AsOf = &seconds
	}
	active := true
	worker := &person{}
	err = tx.Stmt(r.worker).QueryRow(session.Worker).Scan(&worker.ID, &worker.FirstName, &worker.LastName, &active)
	if err == nil {
		answer.Worker = worker
	} else if err != sql.ErrNoRows {
		return nil, false, err
	}
	patient := &patientAnswer{}
	err = tx.Stmt(r.patient).QueryRow(session.Patient).Scan(
		&patient.ID, &patient.FirstName, &patient.LastName, &patient.Birthday, &patient.City)
	if err == sql.ErrNoRows {
		return answer, active, nil
	} else if err != nil {
		return nil, false, err
	}
	answer.Patient = patient
	if err := answer.readNumbers(tx.Stmt(r.numbers), patient.ID); err != nil {
		return nil, false, err
	}
	if err := answer.readNotes(tx.Stmt(r.notes), patient.ID); err != nil {
		return nil, false, err
	}
	return answer, active, tx.Commit()
}

func (a *contextAnswer) readNumbers(statement *sql.Stmt, patient string) error {
	rows, err := statement.Query(patient)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number numberAnswer
		if err := rows.Scan(&number.ID, &number.PhoneNumber, &number.Type, &number.FriendlyName); err != nil {
			return err
		}
		a.Numbers = append(a.Numbers, number)
	}
	return rows.Err()
}

func (a *contextAnswer) readNotes(statement *sql.Stmt, patient string) error {
	rows, err := statement.Query(patient, noteType)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var note noteAnswer
		var body sql.RawBytes
		var created *string
		if err := rows.Scan(&note.ID, &body, &created); err != nil {
			return err
		}
		var members struct {
			Text      *string `json:"note_text"`
			Author    *string `json:"written_by"`
			WrittenAt *string `json:"written_at"`
		}
		if err := json.Unmarshal(body, &members); err != nil {
			return err
		}
		note.Text, note.Author = members.Text, members.Author
		if members.WrittenAt != nil {
			created = members.WrittenAt
		}
		if created != nil {
			if at, err := time.Parse(time.RFC3339, *created); err == nil {
				seconds := at.Unix()
				note.CreatedAt = &seconds
			}
		}
		a.Notes = append(a.Notes, note)
	}
	return rows.Err()
}
