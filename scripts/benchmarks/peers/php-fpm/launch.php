<?php
// The whole launch as one writes it in PHP: hash_hmac for HS256, sodium for the hand-off.
declare(strict_types=1);

function base64url(string $bytes): string
{
    return sodium_bin2base64($bytes, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING);
}

function refuse(int $status): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    header('Cache-Control: no-store');
    exit("{\"error\":\"launch_refused\"}\n");
}

/** The claims of a token that was signed with HS256 under the secret, or null. */
function verified(string $token, string $secret): ?array
{
    $parts = explode('.', $token);
    if (count($parts) !== 3) {
        return null;
    }
    try {
        [$header, $claims, $mac] = array_map(
            fn ($part) => sodium_base642bin($part, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING), $parts);
        if ((json_decode($header, true, 8, JSON_THROW_ON_ERROR)['alg'] ?? '') !== 'HS256'
            || !hash_equals(hash_hmac('sha256', "$parts[0].$parts[1]", $secret, true), $mac)) {
            return null;
        }
        $claims = json_decode($claims, true, 8, JSON_THROW_ON_ERROR);
    } catch (SodiumException | JsonException) {
        return null;
    }
    return is_array($claims) ? $claims : null;
}

function is_guid(mixed $text): bool
{
    return is_string($text) && preg_match('/\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z/i', $text) === 1;
}

function is_launch(array $claims, int $now): bool
{
    $expiry = $claims['exp'] ?? 0;
    return ($claims['iss'] ?? '') === 'coach.welkinhealth.com'
        && ($claims['aud'] ?? '') === getenv('WELKIN_APP_URL')
        && ($claims['welkin_oauth_client_id'] ?? '') === getenv('WELKIN_CLIENT_ID')
        && ($claims['welkin_provider_id'] ?? '') === getenv('WELKIN_PROVIDER_ID')
        && is_int($expiry) && $expiry + 30 > $now && $expiry <= $now + 630
        && is_guid($claims['welkin_worker_id'] ?? null)
        && (!isset($claims['welkin_patient_id']) || is_guid($claims['welkin_patient_id']));
}

if ($_SERVER['REQUEST_METHOD'] !== 'POST' || !is_string($_POST['token'] ?? null)) {
    refuse(400);
}
$now = time();
$claims = verified($_POST['token'], getenv('WELKIN_CLIENT_SECRET'));
if ($claims === null || !is_launch($claims, $now)) {
    refuse(401);
}

$key = getenv('WELKIN_SESSION_KEY');
$launch = base64url(random_bytes(16));
$session = json_encode(array_filter([
    'app' => 'main',
    'launch' => $launch,
    'worker' => $claims['welkin_worker_id'],
    'provider' => $claims['welkin_provider_id'],
    'patient' => $claims['welkin_patient_id'] ?? null,
    'exp' => $now + 900,
    'end' => $now + 28800,
]));
$signed = base64url('{"alg":"HS256","typ":"welkin-session"}') . '.' . base64url($session);
$token = $signed . '.' . base64url(hash_hmac('sha256', $signed, $key, true));
$nonce = random_bytes(SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES);
$sealed = base64url($nonce . sodium_crypto_aead_xchacha20poly1305_ietf_encrypt(
    $session, $launch, $nonce, hash_hmac('sha256', 'hand-off', $key, true)));

http_response_code(302);
header("Location: https://apps.example.test/a/main/$launch/#handoff=$sealed");
header("Set-Cookie: __Secure-welkin=$token; Path=/a/main/$launch/; Max-Age=900; Secure; HttpOnly; "
    . 'SameSite=None; Partitioned');
header('Cache-Control: no-store');
header('X-Content-Type-Options: nosniff');
header_remove('X-Powered-By');
