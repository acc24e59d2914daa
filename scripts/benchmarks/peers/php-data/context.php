<?php
// `context` as one writes it in PHP: hash_hmac for HS256, PDO with prepared statements. It keeps no journal.
declare(strict_types=1);

function base64url(string $text): string
{
    return (string) base64_decode(strtr($text, '-_', '+/'), true);
}

function answer(int $status, array $body): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    header('Cache-Control: no-store');
    header('X-Content-Type-Options: nosniff');
    header('Cross-Origin-Resource-Policy: same-origin');
    exit(json_encode($body, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
}

/** The claims of a session of this launch, or null. */
function session(string $token, string $launch): ?array
{
    $parts = explode('.', $token);
    $key = base64_decode(substr(getenv('WELKIN_SESSION_KEY'), 7));
    if (count($parts) !== 3
        || !hash_equals(hash_hmac('sha256', "$parts[0].$parts[1]", $key, true), base64url($parts[2]))) {
        return null;
    }
    $header = json_decode(base64url($parts[0]), true);
    $claims = json_decode(base64url($parts[1]), true);
    return ($header['alg'] ?? '') === 'HS256' && ($header['typ'] ?? '') === 'welkin-session'
        && $claims['app'] === 'main' && $claims['jti'] === $launch && $claims['exp'] > time()
        && $claims['prv'] === getenv('WELKIN_PROVIDER_ID') ? $claims : null;
}

if ($_SERVER['REQUEST_METHOD'] !== 'POST'
    || !preg_match('~\A/a/main/([\w-]{22})/data/context\z~', $_SERVER['REQUEST_URI'], $path)) {
    answer(404, ['error' => 'not_found']);
}
if (!str_starts_with(getenv('WELKIN_APP_URL'), ($_SERVER['HTTP_ORIGIN'] ?? '?') . '/')) {
    answer(403, ['error' => 'origin_refused']);
}
$session = session($_SERVER['HTTP_X_WELKIN_SESSION'] ?? '', $path[1]);
if ($session === null) {
    answer(401, ['error' => 'session_invalid']);
}
if (json_decode(file_get_contents('php://input'), true) !== []) {
    answer(400, ['error' => 'bad_request']);
}

$database = new PDO('sqlite:' . getenv('WELKIN_REPLICA'), null, null, [
    PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
    PDO::SQLITE_ATTR_OPEN_FLAGS => PDO::SQLITE_OPEN_READONLY,
]);
$read = function (string $sql, array $values = []) use ($database): array {
    $statement = $database->prepare($sql);
    $statement->execute($values);
    return $statement->fetchAll();
};
$database->beginTransaction();
$worker = $read('SELECT id, first_name, last_name, active FROM workers WHERE id = ? AND deleted_at IS NULL',
    [$session['sub']])[0] ?? null;
if ($worker !== null && $worker['active'] === 0) {
    answer(403, ['error' => 'worker_inactive']);
}
unset($worker['active']);
$patient = $read('SELECT id, first_name, last_name, birthday, city FROM patients WHERE id = ? AND deleted_at IS NULL',
    [$session['pat']])[0] ?? null;
$numbers = $read('SELECT id, phone_number, phone_number_type, friendly_name FROM phone_numbers
    WHERE patient_id = ? AND deleted_at IS NULL ORDER BY created_at, id', [$session['pat']]);
$notes = $read('SELECT id, body, created_at FROM custom_data_type_records
    WHERE patient_id = ? AND type_name = ? AND deleted_at IS NULL ORDER BY created_at DESC, id LIMIT 5',
    [$session['pat'], getenv('WELKIN_NOTE_TYPE')]);
$asOf = $read("SELECT CASE WHEN count(*) = count(last_success_us) THEN min(last_success_us) END AS us
    FROM welkin_streams LEFT JOIN welkin_runs USING (resource, filter)
    WHERE resource IN ('patients', 'phone_numbers', 'custom_data_type_records')")[0]['us'];
$version = $read("SELECT (SELECT value FROM welkin_meta WHERE name = 'id') || '.'
    || (SELECT max(number) FROM welkin_changes) AS text")[0]['text'];
$database->commit();

answer(200, [
    'version' => $version,
    'as_of' => $asOf === null ? null : intdiv($asOf, 1_000_000),
    'stale_after' => 900,
    'patient' => $patient,
    'phone_numbers' => $numbers,
    'notes' => array_map(function (array $note): array {
        $body = json_decode($note['body'], true);
        return ['id' => $note['id'], 'text' => $body['note_text'] ?? null, 'author' => $body['written_by'] ?? null,
            'created_at' => (new DateTimeImmutable($body['written_at'] ?? $note['created_at']))->getTimestamp()];
    }, $notes),
    'worker' => $worker,
    'writable' => [],
]);
