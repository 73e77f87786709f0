package snapshots

import "testing"

// TestUsersAgain: whatever a list was released from, the next one is empty and
// has room, and holds nothing of the last.
func TestUsersAgain(t *testing.T) {
	for _, size := range []int{0, 1, 15, 16, 17, 31, 32, 33, 1000, UserBatchSize, UserBatchSize + 1, 5000} {
		for n := 1; n <= UserBatchSize; n++ {
			part := UserBatch{Users: make([]User, size)}
			for i := range part.Users {
				part.Users[i].Name = "before"
			}
			part.Release()
			users := NewUsers(n)
			if len(users) != 0 || cap(users) < n {
				t.Fatalf("released %d: %d of %d places, %d wanted", size, len(users), cap(users), n)
			}
			for _, user := range users[:cap(users)] {
				if user.Name != "" {
					t.Fatalf("released %d, then %d: a user is still there", size, n)
				}
			}
		}
	}
}
